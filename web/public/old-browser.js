// An old browser would show a blank page: its engine cannot read the console and says nothing. This file it can read.
// ES5 on purpose, and therefore neither linted nor formatted; a file of its own, because the page allows no script within it.
;(function () {
  var root = document.getElementById('root')
  if (!root) return
  function line(tag, text, lang) {
    var element = document.createElement(tag)
    element.appendChild(document.createTextNode(text))
    if (lang) element.setAttribute('lang', lang)
    return element
  }
  function say() {
    if (root.childNodes.length > 0) return
    var box = document.createElement('div')
    box.setAttribute('role', 'alert')
    box.setAttribute('style', 'max-width:560px;margin:80px auto;padding:0 16px;font:16px/1.8 sans-serif;color:#1d2939')
    box.appendChild(line('h1', '浏览器版本过旧'))
    box.appendChild(line('p', '请使用 Chromium 94 以上内核的浏览器（Chrome、Edge、360、奇安信等的新版本），或请管理员更新。'))
    box.appendChild(line('p', 'This browser is too old. Use one with Chromium 94 or later, or ask your administrator to update it.', 'en'))
    root.appendChild(box)
  }
  var fits = 'noModule' in document.createElement('script') && Object.hasOwn && Array.prototype.at
  if (!fits) return say()
  // One that has all that and still cannot read what was built.
  window.addEventListener('error', function (event) {
    if (event.error && event.error.name === 'SyntaxError') say()
  })
})()
