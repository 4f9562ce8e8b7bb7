"""What a notebook shows of a map."""

from html.parser import HTMLParser

from argmap.render import render
from argmap.render.notebook import mimebundle, summary
from tests.maps import hostile, sample


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_the_table_comes_before_the_frame_and_counts_everything():
    bundle = mimebundle(sample())
    tags = [tag for tag, _ in Tags(bundle["text/html"]).found]
    assert tags[0] == "table" and tags[-1] == "iframe"
    assert summary(sample()) == {"articles": 5, "actors": 12, "statements": 25, "claims": 22, "for": 12, "against": 6, "neutral": 4,
                                 "supports": 7, "attacks": 9}
    assert "22 claims" in bundle["text/plain"] and "open" in bundle["text/plain"]


def test_the_frame_holds_the_page_and_shares_nothing():
    (frame,) = [attrs for tag, attrs in Tags(mimebundle(sample())["text/html"]).found if tag == "iframe"]
    assert frame["srcdoc"] == render(sample())
    assert "allow-same-origin" not in frame["sandbox"]


def test_hostile_text_adds_no_element_outside_the_frame():
    def outside(m):
        return [tag for tag, _ in Tags(mimebundle(m)["text/html"]).found]
    assert outside(hostile()) == outside(sample())
