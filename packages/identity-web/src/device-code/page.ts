// The page that shows the code.
import type { PageFrame } from '../web/http/pages/frame.ts'
import { escapeHtml, renderDocument, type Html } from '../web/http/pages/html.ts'
import type { DevicePage } from './options.ts'
import { SCRIPT } from './script.ts'
import type { DeviceTexts } from './texts.ts'

const STYLE = `
[hidden]{display:none!important}
.code{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 1rem;margin:1rem 0;padding:1rem 1.25rem;border-radius:8px;background:var(--tint)}
.code code{font:600 clamp(1.375rem,8vw,2.5rem)/1.2 ui-monospace,monospace;letter-spacing:.12em;overflow-wrap:anywhere;user-select:all}
#said{display:flex;align-items:center;gap:.75rem;margin:1.5rem 0}
[data-state=waiting] #said::before{content:"";flex:none;width:1.1rem;height:1.1rem;border:3px solid var(--line);border-top-color:var(--ring);border-radius:50%;animation:turn 1.2s linear infinite}
@keyframes turn{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){[data-state=waiting] #said::before{animation:none}}
.seen-not{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}`

/** The names of the texts that the script shows. The script is a constant, so it reads the texts from an attribute. */
const SCRIPT_TEXTS = [
  'copied',
  'copiedStatus',
  'expiresIn',
  'expiresSoon',
  'waiting',
  'done',
  'expired',
] as const satisfies readonly (keyof DeviceTexts)[]

/** Returns the page that shows the code for the provider and waits for the result. */
export function devicePage(frame: PageFrame, texts: DeviceTexts, content: DevicePage): Html {
  const { userCode, verificationUri, expiresInSeconds, intervalSeconds, newCodeUrl, isRepeated } =
    content
  const href = content.verificationUriComplete ?? verificationUri
  const host = shortNameOf(verificationUri)
  const open = escapeHtml(texts.open.replace('{host}', () => host))
  const scriptTexts = JSON.stringify({
    ...Object.fromEntries(SCRIPT_TEXTS.map((key) => [key, texts[key]])),
    failed: frame.texts.signInFailedMessage,
  })
  const main = `<h1>${escapeHtml(texts.title)}</h1>
<div id="steps">
<p>${escapeHtml(texts.intro)}</p>
<p class="code"><code id="code" translate="no">${escapeHtml(userCode)}</code><button type="button" id="copy" hidden>${escapeHtml(texts.copy)}</button></p>
<p class="seen-not" id="copied" role="status"></p>
<p><a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer" class="primary">${open} <small>${escapeHtml(texts.newTab)}</small></a></p>
</div>
<p id="said" role="status" aria-live="polite">${escapeHtml(isRepeated ? texts.notYet : texts.enterCode)}</p>
<div class="actions">
<form id="poll" method="post" action="${escapeHtml(content.pollUrl)}" data-interval="${intervalSeconds}" data-expires="${expiresInSeconds}" data-texts="${escapeHtml(scriptTexts)}">
<input type="hidden" name="device" value="${escapeHtml(content.device)}">
<button id="hand">${escapeHtml(texts.entered)}</button>
</form>
<a id="again" href="${escapeHtml(newCodeUrl)}">${escapeHtml(texts.newCode)}</a>
</div>
<footer id="validity"><span id="left">${escapeHtml(expiryText(texts, frame.language, expiresInSeconds))}</span> ${escapeHtml(texts.warning)}</footer>`
  return renderDocument(frame, { title: texts.title, main, style: STYLE, script: SCRIPT })
}

// Users may type a short URL such as `microsoft.com/devicelogin` on another device, but a long one is shown as its
// host.
function shortNameOf(uri: string): string {
  const { host, pathname } = new URL(uri)
  const short = host + pathname.replace(/\/$/, '')
  return short.length > 40 ? host : short
}

/** Returns the text about the code's expiry. The page's script contains the same rule. */
function expiryText(texts: DeviceTexts, language: string, seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 1) return texts.expiresSoon
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'minute',
    unitDisplay: 'long',
  })
  return texts.expiresIn.replace('{minutes}', () => format.format(minutes))
}
