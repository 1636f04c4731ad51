// Before anything is painted: a page that is opened while the privacy screen is on begins blanked, and not a moment later (FM-CNF-8).
try {
  if (sessionStorage.getItem('udvej-skaerm') === 'on') document.documentElement.classList.add('is-screened');
} catch {
  // A browser that refuses storage remembers no screen either.
}
