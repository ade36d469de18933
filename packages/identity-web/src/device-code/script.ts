// The script of the page: copies the code, counts down, polls.
/**
 * The script for the page with the code: it copies the code, counts down, and polls until the user is signed in.
 *
 * It is plain JavaScript for browsers, which reads the texts and a sign-in's values from the page's attributes.
 */
export const SCRIPT = `
(() => {
  const byId = (id) => document.getElementById(id)
  const [form, said, copy, again, left] = ['poll', 'said', 'copy', 'again', 'left'].map(byId)
  const texts = JSON.parse(form.dataset.texts)
  const units = new Intl.NumberFormat(document.documentElement.lang, { style: 'unit', unit: 'minute', unitDisplay: 'long' })
  const deadline = Date.now() + Number(form.dataset.expires) * 1000
  let interval = Number(form.dataset.interval)
  let timer
  let busy = false
  let over = false

  const say = (text) => { if (said.textContent !== text) said.textContent = text }

  const end = (message, developer = []) => {
    over = true
    clearTimeout(timer)
    byId('steps').hidden = byId('validity').hidden = true
    document.body.dataset.state = 'over'
    say(message)
    again.className = 'primary'
    if (developer.length > 0) {
      const section = Object.assign(document.createElement('section'), { className: 'developer', lang: 'en', dir: 'ltr' })
      section.setAttribute('aria-label', 'For developers')
      for (const text of ['For developers (not shown in production)', ...developer]) {
        section.append(Object.assign(document.createElement('p'), { textContent: text }))
      }
      document.querySelector('main').append(section)
    }
    again.focus()
  }

  const ask = async () => {
    try {
      const body = new URLSearchParams(new FormData(form))
      const headers = { accept: 'application/json' }
      return await (await fetch(form.action, { method: 'POST', body, headers })).json()
    } catch {
      // The browser is offline or the server restarts. The script tries again until the code expires.
      return { status: 'pending', interval: Math.min(60, interval * 2) }
    }
  }

  const poll = async () => {
    if (busy || over) return
    busy = true
    clearTimeout(timer)
    const result = await ask()
    busy = false
    if (result.status === 'done') {
      over = true
      say(texts.done)
      location.replace(result.location)
    } else if (result.status !== 'pending') {
      end(result.message ?? texts.failed, result.developer)
    } else if (Date.now() >= deadline) {
      end(texts.expired)
    } else {
      interval = result.interval
      timer = setTimeout(poll, Math.min(interval * 1000, Math.max(0, deadline - Date.now())))
    }
  }

  const countDown = () => {
    const minutes = Math.ceil((deadline - Date.now()) / 60000)
    left.textContent = minutes > 1
      ? texts.expiresIn.replace('{minutes}', () => units.format(minutes))
      : texts.expiresSoon
  }

  byId('hand').hidden = true
  document.body.dataset.state = 'waiting'
  say(texts.waiting)
  timer = setTimeout(poll, interval * 1000)
  setInterval(countDown, 10000)
  // Browsers delay the timers of hidden tabs. When the user comes back, the page must poll at once.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) poll() })

  // Only pages on https and localhost can use the clipboard.
  if (navigator.clipboard) {
    copy.hidden = false
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(byId('code').textContent)
        byId('copied').textContent = texts.copiedStatus
        copy.textContent = texts.copied
      } catch {
        getSelection().selectAllChildren(byId('code'))
      }
    })
  }
})()
`
