// The search of the site: the words that it indexes, the words that a query stands for, and the order of the results.
//
// VitePress writes the functions below into a script as text, and the browser runs this text. So each of them contains
// everything that it needs.

/** Splits a text into words. A code such as `interaction_required` stays one word. */
const tokenize = (text) => text.split(/[^\p{L}\p{N}_]+/u)

/** A code is also found by its parts, and a noun by its plural. The sign `=` keeps a code apart from its first word. */
function processTerm(term) {
  const word = term.toLowerCase().replace(/^_+|_+$/g, '')
  const singular = (text) => text.replace(/(?<=[^\W\d_]{2}[^\Wsui\d_])s$/, '')
  const number = /^aad(?:sts|b2c)(\d+)$/.exec(word)?.[1]
  if (number !== undefined) return [word, number]
  return word.includes('_') ? [`=${word}`, ...word.split('_').map(singular)] : singular(word)
}

/** Removes the words of a question that say nothing about its subject, and adds the words of our guides. */
function tokenizeQuery(text) {
  const synonyms = [
    [/\b(?:log ?[io]n|signin)\b/, 'sign-in'],
    [/\b(?:log ?(?:out|off)|signout|sign off)\b/, 'sign out'],
    [/\b(?:2fa|mfa|totp|(?:two|multi)[- ]?factor)\b/, 'multi factor authentication MFA'],
    [/\b(?:passkeys?|webauthn|fido2?|passwordless)\b/, 'passkeys'],
    [/\b(?:reset|forg[eo]t(?:ten)?|change) (?:my |the )?password/, 'forgotten passwords'],
    [/\b(?:docker(?:file)?|k8s|kubernetes|helm|pods?|containers?)\b/, 'Docker Kubernetes production'],
    [/\bdeploy(?:ment|ing)?\b/, 'production'],
    [/\b(?:jwts?|bearer)\b/, 'access token'],
    [/\b(?:validat|verif)\w+ .*\btokens?\b|\b(?:validat|verif)\w+ jwts?/, 'protect API'],
    [/\b[cx]srf\b/, 'cross site requests'],
    [/\bauthori[sz]\w*/, 'guards authorize'],
    [/\b(?:permissions?|rbac)\b/, 'roles scopes'],
    [/\b(?:time ?outs?|expiry|lifetime)\b/, 'time limits'],
    [/\b(?:too (?:big|large|long))\b/, 'size'],
    [/\b(?:spas?)\b/, 'single page applications'],
    [/\b(?:envs?|env(?:ironment)? var\w*|dotenv)\b/, 'environment variables'],
    [/\b(?:mock|fake|stub)\w*/, 'test signed'],
    [/\b(?:avatar|photos?|profile picture)\b/, 'photo'],
    [/\b(?:postgres|pg)\b/, 'PostgreSQL'],
    [/\b(?:azure ad|aad)\b(?! b2c)/, 'Entra ID'],
    [/\b(?:db|database|prisma|drizzle|orm)\b/, 'database'],
    [/\bcurrent user\b/, 'signed in user'],
    [/\b(?:reverse proxy|nginx|traefik|caddy|ingress)\b/, 'behind proxy'],
  ]
  const stopWords =
    /^(?:a|all|an|and|are|as|at|be|can|could|do|does|for|from|get|has|have|how|i|if|in|into|is|it|its|me|my|of|on|or|our|should|so|that|the|their|there|this|to|use|using|want|was|we|what|when|where|which|who|why|will|with|you|your)$/
  const asked = text.toLowerCase()
  const added = synonyms.filter(([pattern]) => pattern.test(asked)).map(([, words]) => words)
  const british = asked.match(/\p{L}{4,}is(?:e|es|ed|ing|ations?)\b/gu) ?? []
  const all = [asked, ...british.map((word) => word.replace(/is(?=\p{L}{1,6}$)/u, 'iz')), ...added]
  const words = [...new Set(all.join(' ').split(/[^\p{L}\p{N}_]+/u))].filter((word) => word !== '')
  const useful = words.filter((word) => !stopWords.test(word.toLowerCase()))
  return useful.length === 0 ? words : useful
}

/**
 * How much a section counts: a guide more than the page of a framework, the reference, figures and error codes, unless the
 * word is the code.
 *
 * @param {string} id - The URL of the section.
 * @param {string} term - A word of the index.
 * @param {{ titles: string[] }} section - The titles above the title of the section.
 */
function weightOf(id, term, { titles }) {
  const [path, anchor = ''] = id.split('#')
  if (path.includes('/errors/')) {
    const code = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
    if (anchor === 'see-also') return 0
    return code === term.replace(/^=/, '') || /^\d{5,}$/.test(term) && code.endsWith(term) ? 9 : 0.25
  }
  if (/\/evidence\/|\/(?:maintain|benchmarks|changelog|contributing|architecture)$/.test(path))
    return 0.2
  if (/\/(?:reference|development-provider|source)\//.test(path)) return 0.3
  if (/\/examples\/|\/(?:options|guides|providers|versions|from-[^/]+)$/.test(path)) return 0.4
  const isOfFramework =
    /\/(?:fastify|koa|hono|nestjs|next|nuxt|sveltekit|angular|astro|react-router|tanstack-start|fetch|serverless|recipes)$/
  return (isOfFramework.test(path) ? 0.7 : 1) * (titles.length === 0 ? 1.3 : 1)
}

/** Words with a typing mistake. A short word or a number with another letter is another word. */
const fuzzy = (term) => (term.length < 5 || /[\d=]/.test(term) ? 0 : 0.2)
const prefix = (term) => term.length > 2

/** The option `search` of the theme of VitePress. */
export const search = {
  provider: 'local',
  options: {
    miniSearch: {
      options: { tokenize, processTerm },
      searchOptions: {
        tokenize: tokenizeQuery,
        boostDocument: weightOf,
        fuzzy,
        prefix,
        combineWith: 'OR',
        boost: { title: 4, titles: 2, text: 1 },
      },
    },
  },
}
