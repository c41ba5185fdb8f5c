"""`python -m benchmarks._site`: how long a tool of the site takes to its first answer, and to the code of a large picture.

In headless Chromium, three times, each in a browser of its own; the processor time is that of all its processes, as it
tells it itself.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from tests.conftest import CHROMIUM, FLAGS
from tests.site.conftest import hosted
from tools.engine import make

from throwline.site import Engine, address, build

ROUNDS = 3
SMALL, LARGE = (64, 64), (4000, 3000)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "engine")
        build(folder / "site", Engine(folder / "engine"))
        pictures = [_drawn(folder, size) for size in (SMALL, LARGE)]
        with hosted(folder / "site") as origin, sync_playwright() as playwright:
            for _ in range(ROUNDS):
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                print(_measured(browser, origin + address("fingerprint"), pictures))
                browser.close()


def _drawn(folder: Path, size: tuple[int, int]) -> Path:
    """Soft shapes, as photographs have them."""
    file = folder / f"{size[0]}.jpg"
    noise = Image.effect_noise((40, 30), 90).resize(size, Image.Resampling.BICUBIC)
    noise.convert("RGB").save(file, quality=90)
    return file


def _measured(browser: Browser, url: str, pictures: list[Path]) -> str:
    page = browser.new_page()
    page.goto(url)
    processes = browser.new_browser_cdp_session()
    first, second = (_answered(page, processes, picture) for picture in pictures)
    return f"first answer {first}; code of 12 megapixels {second}"


def _answered(page: Page, processes: CDPSession, picture: Path) -> str:
    """From the press of the button to the codes of a picture."""
    again = page.get_by_role("button", name="Another picture")
    if again.is_visible():
        again.click()
    page.get_by_label("Choose a picture").set_input_files(picture)
    used, started = _processor_time(processes), time.perf_counter()
    page.get_by_role("button", name="Make its codes").click()
    page.get_by_role("heading", name="The codes of this picture").wait_for()
    clock = time.perf_counter() - started
    return f"{_processor_time(processes) - used:.2f} CPU-s, {clock:.2f} s on the clock"


def _processor_time(processes: CDPSession) -> float:
    """In seconds, of every process that the browser has now."""
    told = processes.send("SystemInfo.getProcessInfo")["processInfo"]
    return float(sum(process["cpuTime"] for process in told))


if __name__ == "__main__":
    main()
