// What must be set before everything else, so not a module: colour scheme and language, so that nothing flashes; and
// that zod compiles no parsers, which the page's policy forbids (only asking would be reported as a breach).
;(function () {
  var kept = function (key) {
    try { return localStorage.getItem(key) } catch { return null }
  }
  var scheme = kept('lastmile-scheme')
  if (scheme !== 'light' && scheme !== 'dark') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
  var language = kept('lastmile-language')
  if (language !== 'zh' && language !== 'en') language = /^zh/i.test(navigator.language) ? 'zh' : 'en'
  globalThis.__zod_globalConfig = { jitless: true }
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
})()
