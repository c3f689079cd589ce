// Sets colour scheme and language before the first paint, so that nothing flashes. Not a module: it must run at once.
;(function () {
  var kept = function (key) {
    try { return localStorage.getItem(key) } catch { return null }
  }
  var scheme = kept('lastmile-scheme')
  if (scheme !== 'light' && scheme !== 'dark') scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
  var language = kept('lastmile-language')
  if (language !== 'zh' && language !== 'en') language = /^zh/i.test(navigator.language) ? 'zh' : 'en'
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
})()
