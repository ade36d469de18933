import { html, type Html } from '../sign-in/pages/html.js'

/** Creates a value with a button that copies it. `name` says to screen readers what the button copies. */
export function copyable(value: string, name: string): Html {
  return html`<span class="copyable"><code>${value}</code>${copyButton(value, name)}</span>`
}

/** Creates a block of text with a button that copies it. */
export function copyableBlock(value: string, name: string): Html {
  return html`<div class="env">
    ${{ html: `<pre tabindex="0" role="region" aria-label="${html`${name}`.html}">${html`${value}`.html}</pre>` }}
    ${copyButton(value, name)}
  </div>`
}

/** The element that tells screen readers that a value was copied. A page contains it once. */
export const copyStatus: Html = html`<p class="vh" id="copy-status" role="status"></p>`

// A browser without scripts cannot copy, so the script shows the buttons.
function copyButton(value: string, name: string): Html {
  return html`<button type="button" class="copy" data-copy="${value}" hidden>
    <span class="verb">Copy</span> <span class="vh">${name}</span>
  </button>`
}

/** Shows the copy buttons and handles them. */
export const COPY_SCRIPT = `
const copyStatus = document.getElementById('copy-status')
const showCopyButtons = () => {
  for (const button of document.querySelectorAll('.copy')) button.hidden = false
}
const markCopied = (button, word) => {
  const verb = button.querySelector('.verb')
  verb.textContent = word
  button.classList.add('done')
  copyStatus.textContent = word
  setTimeout(() => {
    verb.textContent = 'Copy'
    button.classList.remove('done')
    copyStatus.textContent = ''
  }, 2000)
}
document.addEventListener('click', (event) => {
  const button = event.target.closest?.('.copy')
  if (!button) return
  navigator.clipboard.writeText(button.dataset.copy).then(
    () => markCopied(button, 'Copied'),
    () => markCopied(button, 'Not allowed'),
  )
})
showCopyButtons()
`
