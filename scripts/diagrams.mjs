// `npm run generate` writes the diagrams of the guides to docs/images. With `--check`, it only compares them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PALETTE } from './face/face.mjs'
import { root } from './setup.mjs'

/** Each diagram: its parties, and what one of them sends to another. A step without a receiver happens inside a party. */
const DIAGRAMS = {
  'sign-in': {
    title: 'Sign-in with the authorization code flow',
    parties: ['Browser', 'Your application', 'Provider'],
    steps: [
      [0, 1, 'opens a page that needs a user'],
      [1, 0, 'redirect with state, nonce and a PKCE challenge'],
      [0, 2, 'the user signs in and consents'],
      [2, 0, 'redirect with a code and the state'],
      [0, 1, 'opens the redirect URI'],
      [1, 2, 'code, PKCE verifier and client credential'],
      [2, 1, 'ID token, access token and refresh token'],
      [1, 1, 'verifies the ID token and stores the session'],
      [1, 0, 'redirect to the page, with the session cookie'],
    ],
  },
  'on-behalf-of': {
    title: 'A call on behalf of the user',
    parties: ['Client', 'Your API', 'Provider', 'Other API'],
    steps: [
      [0, 1, 'request with an access token for your API'],
      [1, 1, 'verifies the token and its permissions'],
      [1, 2, 'the token, the client credential and the new scopes'],
      [2, 1, 'access token for the other API'],
      [1, 3, 'request with the new token'],
      [3, 1, 'data of the same user'],
      [1, 0, 'response'],
    ],
  },
  'backend-for-frontend': {
    title: 'Backend for frontend',
    parties: ['Browser', 'Your server', 'API'],
    steps: [
      [0, 1, 'a script sends a request to /api, with the session cookie'],
      [1, 1, 'checks the origin and the session'],
      [1, 1, 'refreshes the access token if it has expired'],
      [1, 2, 'the same request with the access token'],
      [2, 1, 'response'],
      [1, 0, 'response without tokens'],
    ],
  },
}

const WIDTH = 520
const MARGIN = 66
const HEAD = 58
const STEP = 46
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

// Pages of GitHub and of the site can be light or dark, so the picture has its own background.
const STYLE = `
svg{color-scheme:light dark}
${colors(0)}
.life{stroke-dasharray:3 4}
.arrow{stroke-width:1.6;fill:none}
text{font:14px system-ui,sans-serif;text-anchor:middle}
.name{font-weight:600}
.label{paint-order:stroke;stroke-width:6px;stroke-linejoin:round}
@media (prefers-color-scheme:dark){
${colors(1)}
}`

function colors(scheme) {
  const color = (name) => PALETTE[name][scheme]
  return `.ground{fill:${color('page')};stroke:${color('line')}}
.party{fill:${color('card')};stroke:${color('muted')}}
.life{stroke:${color('muted')}}
.arrow{stroke:${color('accent')}}
.head{fill:${color('accent')}}
text{fill:${color('text')}}
.label{stroke:${color('page')}}`
}

export function toSvg({ title, parties, steps }) {
  const height = HEAD + steps.length * STEP + 24
  const gap = (WIDTH - 2 * MARGIN) / (parties.length - 1)
  const x = (party) => MARGIN + party * gap
  const boxWidth = (name) => Math.min(gap - 8, Math.max(108, name.length * 8.3 + 14))
  const heads = parties.map(
    (
      name,
      party,
    ) => `<line class="life" x1="${x(party)}" y1="44" x2="${x(party)}" y2="${height - 12}"/>
<rect class="party" x="${x(party) - boxWidth(name) / 2}" y="12" width="${boxWidth(name)}" height="32" rx="6"/>
<text class="name" x="${x(party)}" y="33">${escape(name)}</text>`,
  )
  const arrows = steps.map(([from, to, text], index) => {
    const y = HEAD + index * STEP + 32
    // A label is as near to the arrow as the borders of the picture allow.
    const half = (text.length + 3) * 3.7
    const middle = Math.min(Math.max((x(from) + x(to)) / 2, half + 10), WIDTH - half - 10)
    const label = `<text class="label" x="${middle}" y="${y - 9}">${index + 1}. ${escape(text)}</text>`
    if (from === to) return `${label}\n<circle class="head" cx="${x(from)}" cy="${y}" r="4.5"/>`
    const sign = Math.sign(x(to) - x(from))
    const tip = x(to) - sign * 2
    return `${label}
<path class="arrow" d="M${x(from)} ${y}H${tip - sign * 8}"/>
<path class="head" d="M${tip} ${y}l${-sign * 10} -5v10z"/>`
  })
  const description = steps
    .map(([from, to, text], index) => {
      const way = from === to ? parties[from] : `${parties[from]} to ${parties[to]}`
      return `${index + 1}. ${way}: ${text}.`
    })
    .join(' ')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${escape(title)}</title>
<desc id="desc">${escape(description)}</desc>
<style>${STYLE}
</style>
<rect class="ground" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="8"/>
${[...heads, ...arrows].join('\n')}
</svg>
`
}

const isCheck = process.argv.includes('--check')
mkdirSync(join(root, 'docs/images'), { recursive: true })
for (const [name, diagram] of Object.entries(DIAGRAMS)) {
  const path = join(root, `docs/images/${name}.svg`)
  const svg = toSvg(diagram)
  if (!isCheck) writeFileSync(path, svg)
  else if (readFileSync(path, 'utf8') !== svg) {
    console.error(`docs/images/${name}.svg is not up to date. Run npm run generate.`)
    process.exitCode = 1
  }
}
