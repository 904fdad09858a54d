import shutil
from collections.abc import Iterator

import httpx
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.conftest import PAGE

pytestmark = pytest.mark.skipif(not shutil.which("chromedriver"), reason="needs Debian's chromium and chromium-driver")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1280,1600"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    for option in OPTIONS.split():
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield browser
    browser.quit()


def _paste(browser: webdriver.Chrome, text: str) -> None:
    # Typing a page key by key takes long; the field gets it as from the clipboard.
    field = browser.find_element(By.TAG_NAME, "textarea")
    browser.execute_script("arguments[0].value = arguments[1]", field, text)
    browser.find_element(By.ID, "send").click()


def test_a_pasted_page_shows_its_articles_with_their_scores(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url)
    _paste(browser, PAGE.read_text("utf-8"))
    WebDriverWait(browser, 20).until(lambda b: len(b.find_elements(By.CSS_SELECTOR, "article")) == 7)
    articles = browser.find_elements(By.CSS_SELECTOR, "article")
    assert "民有所需 警有所为" in articles[6].text
    assert "公安" in articles[6].text or "Public security" in articles[6].text
    for article in articles:
        assert article.text.count("%") >= 6


def test_an_error_is_told_and_the_text_stays(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url)
    _paste(browser, "民警\0走访")
    WebDriverWait(browser, 20).until(lambda b: b.find_element(By.CSS_SELECTOR, "[role=alert]").text)
    assert "走访" in browser.find_element(By.TAG_NAME, "textarea").get_property("value")


def test_markup_in_a_text_is_shown_not_run(browser: webdriver.Chrome, url: str) -> None:
    browser.get(url)
    _paste(browser, "<img src=x onerror=document.title='run'>\n\n本报讯(张三)某日,<b>某事</b>。")
    WebDriverWait(browser, 20).until(lambda b: b.find_elements(By.CSS_SELECTOR, "article"))
    assert "<img src=x" in browser.find_element(By.CSS_SELECTOR, "article").text
    assert browser.title != "run"


def test_nothing_was_refused_by_the_policy_or_missing(browser: webdriver.Chrome) -> None:
    errors = [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert [message for message in errors if "422" not in message] == []


def test_the_description_opens_offline(browser: webdriver.Chrome, url: str) -> None:
    browser.get(f"{url}/docs")
    WebDriverWait(browser, 20).until(lambda b: "/classify/batch" in b.find_element(By.TAG_NAME, "body").text)


def test_the_page_may_load_only_its_own_files(url: str) -> None:
    for path in ("/", "/web/index.html"):
        policy = httpx.get(url + path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
