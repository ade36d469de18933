import type { DevicePage } from '../../options/options.ts'
import { DEVICE_SCRIPT } from './device-script.ts'
import { escapeHtml, renderDocument, type Html } from './html.ts'

const DEVICE_STYLE = `
[hidden]{display:none!important}
.code{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 1rem;margin:1rem 0;padding:1rem 1.25rem;border-radius:8px;background:light-dark(#eef3f8,#2a303a)}
.code code{font:600 clamp(1.5rem,8vw,2.5rem)/1.2 ui-monospace,monospace;letter-spacing:.12em;overflow-wrap:anywhere;user-select:all}
.code button{margin:0}
.code button,.quiet{background:none;color:inherit;box-shadow:inset 0 0 0 1px currentColor}
#said{display:flex;align-items:center;gap:.75rem;margin:1.5rem 0 0}
[data-state=waiting] #said::before{content:"";flex:none;width:1.1rem;height:1.1rem;border:3px solid #0b5cad55;border-top-color:#0b5cad;border-radius:50%;animation:turn 1.2s linear infinite}
@media (prefers-color-scheme:dark){[data-state=waiting] #said::before{border-color:#7db8f055;border-top-color:#7db8f0}}
@keyframes turn{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){[data-state=waiting] #said::before{animation:none}}
.seen-not{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`

const BY_HAND = 'Enter the code there, then come back to this page.'
const REPEATED =
  'You are not signed in yet. Finish in the other tab, wait a few seconds, and press the button again.'

/** Returns the page that shows the code for the provider and waits for the result. */
export function devicePage(shown: DevicePage): Html {
  const { userCode, verificationUri, expiresInSeconds, intervalSeconds, newCodeUrl, isRepeated } =
    shown
  const href = shown.verificationUriComplete ?? verificationUri
  const main = `<h1>Sign in with a code</h1>
<div id="steps">
<p>You sign in on your provider’s page, which asks for this code:</p>
<p class="code"><code id="code">${escapeHtml(userCode)}</code><button type="button" id="copy" hidden>Copy</button></p>
<p class="seen-not" id="copied" role="status"></p>
<p><a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">Open ${escapeHtml(shortNameOf(verificationUri))} <small>(new tab)</small></a></p>
</div>
<p id="said" role="status" aria-live="polite">${escapeHtml(isRepeated ? REPEATED : BY_HAND)}</p>
<form id="poll" method="post" action="${escapeHtml(shown.pollUrl)}" data-interval="${intervalSeconds}" data-expires="${expiresInSeconds}">
<input type="hidden" name="device" value="${escapeHtml(shown.device)}">
<button class="quiet" id="hand">I have entered the code</button>
</form>
<p><a class="quiet" id="again" href="${escapeHtml(newCodeUrl)}">Get a new code</a></p>
<footer id="validity">The code expires in <span id="left">${minutes(expiresInSeconds)}</span>. Do not share it, and do not enter a code that somebody sent you.</footer>`
  return renderDocument({
    title: 'Sign in with a code',
    main,
    style: DEVICE_STYLE,
    script: DEVICE_SCRIPT,
  })
}

// Users may type a short URL such as `microsoft.com/devicelogin` on another device. A long one is shown as its host.
function shortNameOf(uri: string): string {
  const { host, pathname } = new URL(uri)
  const short = host + pathname.replace(/\/$/, '')
  return short.length > 40 ? host : short
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds / 60)
  return whole > 1 ? `${whole} minutes` : 'less than a minute'
}
