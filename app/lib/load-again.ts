/**
 * What makes a page live, and what gives it its looks, is asked for again when it was lost on the way:
 * on a line that drops, a page would otherwise stay as the server sent it until somebody loads it
 * again. A browser that never asks again for a script it lost loads the page anew, where nothing has
 * been typed. It is text, since it must be there when nothing else has come, and it touches nothing that
 * React will find: a second run of the page's own script leaves no element behind.
 */
export const LOAD_AGAIN = `(() => {
  let pause = 1000
  let lost = 0
  const later = (ask) => {
    const go = () => {
      clearTimeout(timer)
      removeEventListener('online', go)
      ask()
    }
    const timer = setTimeout(go, pause)
    pause = Math.min(2 * pause, 15000)
    addEventListener('online', go)
  }
  const style = (link) => later(() => { link.href = link.href })
  const run = () => later(() => {
    const is = document.querySelector('script[type=module]:not([src])')
    if (!is || window.__remixRouter) return
    lost += 1
    if (lost > 2) whole()
    const again = document.createElement('script')
    again.type = 'module'
    again.nonce = is.nonce
    again.textContent = is.textContent
    again.onerror = run
    document.head.append(again)
    again.remove()
  })
  const whole = async () => {
    const since = Date.now() - Number(sessionStorage.getItem('loaded-again'))
    const typed = [...document.querySelectorAll('input, textarea')].some((f) => f.value !== f.defaultValue)
    if (since < 60000 || typed) return
    const answer = await fetch('/knot.svg', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
    if (!answer?.ok) return
    sessionStorage.setItem('loaded-again', String(Date.now()))
    location.reload()
  }
  addEventListener('error', ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') style(target)
    if (target instanceof HTMLScriptElement && target.type === 'module') run()
  }, true)
  addEventListener('unhandledrejection', () => {
    if (!window.__remixRouter) run()
  })
  for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
    try {
      if (!link.sheet?.cssRules.length) style(link)
    } catch {
      // the rules of what did not come are not ours to read
      style(link)
    }
  }
})()`
