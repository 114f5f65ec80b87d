"""Made-up articles in five languages about the made-up countries Kestria and Vorland, in simple sentences of our own.

Each tells the same: a spokesperson's headline, the foreign minister Ahmed Bel directly, indirectly and by pronoun, the other side's
ministry, and somebody who speaks for no party.
"""

from __future__ import annotations

from tasdiq.model.charter import Charter, Member
from tasdiq.model.source import Designation


def _names(*texts: str) -> tuple[Designation, ...]:
    return tuple(Designation(text=text) for text in texts)


PARTIES = Charter(
    title="Kestria and Vorland",
    form="desk",
    parties=(
        Member(id="kes", name="Kestria", designations=_names("کیستریا", "کستریا", "كستريا", "Kestriya")),
        Member(id="vor", name="Vorland", designations=_names("ورلینڈ", "ورلند", "ورلاند", "فورلاند")),
    ),
)

TEXTS = {
    "ur": """سرحد پر فائرنگ کے بعد مذاکرات جاری ہیں: ترجمان دفتر خارجہ کیستریا

کیستریا کے وزیر خارجہ احمد بیل نے منگل کو صحافیوں سے بات کرتے ہوئے کہا کہ ان کی حکومت جنگ بندی پر قائم ہے۔

”ہم نے کسی معاہدے کی خلاف ورزی نہیں کی،“ احمد بیل نے کہا۔ انہوں نے مزید کہا: ”سرحد کل سے کھلی رہے گی۔“

ورلینڈ کی وزارت دفاع نے الزام لگایا ہے کہ کیستریائی فوج نے رات کو ۳ گولے داغے۔

سابق کیستریائی سفیر نے کہا کہ مذاکرات ناکام ہو جائیں گے۔ ترجمان نے یہ نہیں کہا کہ سرحد بند ہے۔

مقامی لوگوں کے لیے یہ ایک مشکل وقت ہے اور بازار بند ہیں۔
""",
    "fa": """سخنگوی وزارت خارجه کستریا: آتش‌بس برقرار است

احمد بیل، وزیر خارجه کستریا، روز سه‌شنبه در یک نشست خبری گفت که نیروهای کشورش به آتش‌بس پایبند هستند.

«ما هیچ توافقی را نقض نکرده‌ایم»، احمد بیل گفت. او افزود: «مرز از فردا باز خواهد بود.»

وزارت دفاع ورلاند ادعا کرد که سربازان کستریایی شب گذشته ۳ گلوله شلیک کردند.

کارشناس ورلاندی گفت که این ادعا درست نیست.

برای مردم این منطقه این روزها بسیار دشوار است و بازارها بسته است.
""",
    "ps": """د کستریا د بهرنیو چارو وزارت ویاند: اوربند پر ځای دی

د کستریا د بهرنیو چارو وزیر احمد بېل د سې شنبې په ورځ خبریالانو ته وویل چې د هغه هېواد به پر اوربند ولاړ وي.

«موږ هېڅ تړون نه دی مات کړی،» احمد بېل وویل. هغه زیاته کړه: «پوله به سبا پرانیستل شي.»

د ورلند د دفاع وزارت ادعا وکړه چې کستریايي پوځ تېره شپه ۳ توغندي وویشتل.

د ورلند پخواني سفیر وویل چې خبرې به ناکامې شي.

د دې سیمې د خلکو لپاره دا سخت وخت دی او بازارونه تړلي دي.
""",
    "ar": """الخارجية الكستريّة: وقف إطلاق النار ما زال قائما

قال وزير الخارجية الكستري أحمد بيل في مؤتمر صحفي يوم الثلاثاء إن بلاده ملتزمة بوقف إطلاق النار.

"لم ننتهك أي اتفاق"، قال أحمد بيل. وأضاف أن المعبر سيفتح غدا.

واتهمت وزارة الدفاع الفورلاندية أن الجيش الكستري أطلق ٣ قذائف الليلة الماضية.

وقال محلل من كستريا إن المحادثات ستفشل.

هذه أيام صعبة على سكان المنطقة والأسواق مغلقة.
""",
    "tr": """Kestriya Dışişleri Bakanlığı Sözcüsü: Ateşkes sürüyor

Kestriya Dışişleri Bakanı Ahmet Bel, salı günü gazetecilere yaptığı açıklamada, "Hiçbir anlaşmayı ihlal etmedik." dedi.

"Sınır yarın açılacak." diyen Bel, görüşmelerin süreceğini söyledi.

Vorland Savunma Bakanlığı, Kestriya ordusunun dün gece 3 top mermisi attığını iddia etti.

Vorland'ın Kestriya Büyükelçisi şöyle konuştu: "Yaralılar var ve durum çok ciddi."

Bölge sakinleri için bu zor bir dönem ve çarşılar kapalı.
""",
}
