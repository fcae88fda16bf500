"""Pages in a real browser."""

import pytest

# its assertions say what they compared, as those of the tests do
pytest.register_assert_rewrite("tests.browser.opening")
