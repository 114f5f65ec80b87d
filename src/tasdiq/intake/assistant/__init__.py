"""An assistant of the user's own: a large model behind any OpenAI-compatible address may propose statements, and nothing else.

Off unless an address is given. Rules

1. The model is asked for spans and only spans: source, cue and content, each as words of the document.
2. Every span has to stand in the document letter for letter, in one paragraph, close together; else the proposal is dropped and
   counted. The same where the words stand in several places, where the cue is no word of saying that the rules know, or is
   negated, and where the rules found the statement already.
3. Nothing else of an answer is used: fields nobody asked for drop their proposal. What the words mean, who a source is, is
   decided by the same rules as everywhere. So whatever a document's text tells the model to do, the worst it can bring about is
   a proposal of words that stand in it.
4. A proposal carries the model's name and version as its method, a confidence below every rule's, and is never a party's own voice.
5. It is not entered in a record: a person reads it.
"""

from .endpoint import Assistant, make_assistant
from .propose import Counted, Proposal, propose
from .statement import to_statements

__all__ = ["Assistant", "Counted", "Proposal", "make_assistant", "propose", "to_statements"]
