"""Masks the lines of a file with one of two libraries and prints the seconds of CPU that this took."""

import sys
import time


def presidio():
    """Its own recognisers by pattern, without the model of a language, which is slower still."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

    class NoModel(NlpEngine):
        def __init__(self):
            self.blank = spacy.blank("en")

        def load(self):
            pass

        def is_loaded(self):
            return True

        def process_text(self, text, language):
            doc = self.blank(text)
            words = [token.text for token in doc]
            return NlpArtifacts([], doc, [token.idx for token in doc], words, self, language)

        def process_batch(self, texts, language, **_):
            return ((text, self.process_text(text, language)) for text in texts)

        def is_stopword(self, word, language):
            return False

        def is_punct(self, word, language):
            return False

        def get_supported_entities(self):
            return []

        def get_supported_languages(self):
            return ["en"]

    engine = NoModel()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])
    return lambda line: analyzer.analyze(text=line, language="en")


def scrubadub():
    import scrubadub

    return scrubadub.Scrubber().clean


peer, path = sys.argv[1:]
mask = {"presidio": presidio, "scrubadub": scrubadub}[peer]()
with open(path, encoding="utf-8") as file:
    lines = file.read().splitlines()
for line in lines[:50]:
    mask(line)
start = time.process_time()
for line in lines:
    mask(line)
print(time.process_time() - start)
