import { COPY_SCRIPT } from './copy-button.js'

/**
 * Asks for new requests once a second while the page is visible, and adds them to the list.
 *
 * It also replaces the requests that did not have a response before.
 */
export const REQUESTS_SCRIPT: string = `${COPY_SCRIPT}
const list = document.getElementById('requests')
const live = document.getElementById('live')
const text = document.getElementById('live-text')
const toggle = document.getElementById('live-toggle')
const template = document.createElement('template')
let latest = Number(list.dataset.latest)
let isOn = true
const show = (message) => {
  if (text.textContent !== message) text.textContent = message
  live.classList.toggle('is-live', isOn && message.startsWith('Live'))
}
const update = async () => {
  if (!isOn || document.hidden) return
  const pending = [...list.querySelectorAll('[data-pending]')].map(({ id }) => id.slice(1))
  const url = new URL('/dev/requests', location.href)
  url.search = list.dataset.filter
  url.searchParams.set('after', latest)
  url.searchParams.set('pending', pending.join())
  const response = await fetch(url)
  const { entries, latest: next } = await response.json()
  latest = next
  for (const { id, html } of entries) {
    template.innerHTML = html
    const item = template.content.firstElementChild
    const known = document.getElementById('r' + id)
    if (known) {
      item.querySelector('details').open = known.querySelector('details').open
      known.replaceWith(item)
    } else list.prepend(item)
  }
  document.getElementById('empty').hidden = list.children.length > 0
  list.hidden = list.children.length === 0
  show('Live. New requests appear here.')
}
const run = () => update().catch(() => show('The provider does not respond. Is it running?'))
toggle.addEventListener('click', () => {
  isOn = !isOn
  toggle.textContent = isOn ? 'Pause' : 'Continue'
  show(isOn ? 'Live. New requests appear here.' : 'Paused.')
})
toggle.hidden = false
show('Live. New requests appear here.')
setInterval(run, 1000)
document.addEventListener('visibilitychange', run)
`
