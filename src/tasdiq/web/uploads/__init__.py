"""Files on their way into the record: handed in by parts, hashed on both ends, and kept once an entry names them.

uploading     take a file in parts, hold it against the hash it was announced with
keeping       what of it an entry may name, and putting it among the record's attachments
copies        copies for the public that somebody chose to have made
downloads     handing a file out, so that no browser runs or shows anything of it
"""
