/**
 * What the page with a code does where scripts run: copies the code, counts its time down, and polls until the user is
 * signed in. Plain JavaScript, as browsers get it; all that differs by sign-in is in the page's attributes.
 */
export const DEVICE_SCRIPT = `
(() => {
  const byId = (id) => document.getElementById(id)
  const [form, said, copy, again, left] = ['poll', 'said', 'copy', 'again', 'left'].map(byId)
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
    again.className = ''
    if (developer.length > 0) {
      const aside = document.createElement('aside')
      for (const text of ['For developers (not shown in production)', ...developer]) {
        aside.append(Object.assign(document.createElement('p'), { textContent: text }))
      }
      document.querySelector('main').append(aside)
    }
    again.focus()
  }

  const ask = async () => {
    try {
      const body = new URLSearchParams(new FormData(form))
      const headers = { accept: 'application/json' }
      return await (await fetch(form.action, { method: 'POST', body, headers })).json()
    } catch {
      // Offline, or a server that restarts: it is asked again until the code is too old.
      return { status: 'pending', interval: Math.min(60, interval * 2) }
    }
  }

  const poll = async () => {
    if (busy || over) return
    busy = true
    clearTimeout(timer)
    const answer = await ask()
    busy = false
    if (answer.status === 'done') {
      over = true
      say('You are signed in.')
      location.replace(answer.location)
    } else if (answer.status !== 'pending') {
      end(answer.message ?? 'Something went wrong.', answer.developer)
    } else if (Date.now() >= deadline) {
      end('The code has expired.')
    } else {
      interval = answer.interval
      timer = setTimeout(poll, Math.min(interval * 1000, Math.max(0, deadline - Date.now())))
    }
  }

  const countDown = () => {
    const minutes = Math.ceil((deadline - Date.now()) / 60000)
    left.textContent = minutes > 1 ? minutes + ' minutes' : 'less than a minute'
  }

  byId('hand').hidden = true
  document.body.dataset.state = 'waiting'
  say('Waiting for you to enter the code. This page then goes on by itself.')
  timer = setTimeout(poll, interval * 1000)
  setInterval(countDown, 10000)
  // Browsers let hidden tabs wait: whoever comes back from the provider's is to go on at once.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) poll() })

  // Only pages on https and localhost have it.
  if (navigator.clipboard) {
    copy.hidden = false
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(byId('code').textContent)
        byId('copied').textContent = 'The code is copied.'
        copy.textContent = 'Copied'
      } catch {
        getSelection().selectAllChildren(byId('code'))
      }
    })
  }
})()
`
