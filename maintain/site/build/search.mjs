// The search of the site: the words that it indexes, the words that a query stands for, and the order of the results.
//
// VitePress writes the functions below into a script as text, and the browser runs this text. So each of them contains
// everything that it needs, and must run in each browser, because the whole site does not start without it.

/** Splits a text into words. A code such as `interaction_required` and a phrase such as "signs users in" are one word. */
function tokenize(text) {
  const phrase = /\bsign(?:s|ed|ing)?[\s-]+(?:(?:your |the )?users?\s+)?(in|out|up)\b/gi
  return text.replace(phrase, 'sign$1').split(/[^\p{L}\p{N}_]+/u)
}

/** A noun is also found by its plural, and a code by its parts. The mark `code:` keeps a code apart from its first word. */
function processTerm(term) {
  const word = term.toLowerCase().replace(/^_+|_+$/g, '')
  const singular = (text) => text.replace(/([a-z]{2}[^\W\d_siu])s$/, '$1')
  const number = /^aad(?:sts|b2c)(\d+)$/.exec(word)?.[1]
  if (number !== undefined) return [word, number]
  return word.includes('_') ? [`code:${word}`, ...word.split('_').map(singular)] : singular(word)
}

/**
 * Removes the words of a question that say nothing about its subject, and adds the words that our guides use for it. The
 * synonyms are for readers who know another product or another abbreviation.
 */
function tokenizeQuery(query) {
  const synonyms = [
    [/\b(?:log ?[io]n|logging in)\b/, 'sign in'],
    [/\b(?:log ?(?:out|off)|sign off)\b/, 'sign out'],
    [/\b(?:sign ?up|registration form|create (?:an )?account)\b/, 'sign up'],
    [/\b(?:2fa|mfa|totp|(?:two|second|multi)[- ]?factor)\b/, 'multi factor authentication MFA'],
    [/\b(?:webauthn|fido2?|passwordless|^passwords?$)\b/, 'passkeys'],
    [/\b(?:quick ?start|getting started|hello world|begin\w*)\b/, 'get started tutorial'],
    [/\b(?:reset|forg[eo]t(?:ten)?|change) (?:\w+ )?password/, 'forgotten passwords'],
    [/\b(?:docker\w*|k8s|kubernetes|helm|containers?)\b/, 'Docker Kubernetes production'],
    [/\bdeploy(?:ment|ing)?\b/, 'production'],
    [/\b(?:reverse proxy|nginx|traefik|caddy|ingress)\b/, 'behind proxy'],
    [/\b(?:jwts?|bearer)\b/, 'access token'],
    [/\b(?:validat|verif)\w+ (?:\w+ )*(?:jwt|token)s?\b/, 'protect API'],
    [/\b[cx]srf\b/, 'cross site requests'],
    [/\bauthori[sz](?:e|ing|ation)\b/, 'guards'],
    [/\b(?:permissions?|rbac)\b/, 'roles scopes'],
    [/\btime ?outs?\b/, 'time limits'],
    [/\btoo (?:big|large|long)\b/, 'size'],
    [/\bspas?\b/, 'single page applications'],
    [/\b(?:envs?|env(?:ironment)? var\w*|dotenv)\b/, 'environment variables'],
    [/\b(?:mock|fake|stub)\w*/, 'test'],
    [/\b(?:cypress|vitest|jest|e2e|end[- ]to[- ]end)\b/, 'test Playwright'],
    [/\bavatars?\b|\bprofile pictures?\b/, 'photo'],
    [/\b(?:postgres|pg)\b/, 'PostgreSQL'],
    [/\b(?:prisma|drizzle|orm)\b/, 'database'],
    [/\b(?:azure ad|aad)\b(?! b2c)/, 'Entra ID'],
    [/\boidc\b/, 'OpenID Connect'],
    [/\bmulti[- ]?tenan\w+/, 'several tenants'],
    [/\bnextjs\b/, 'Next.js'],
    [/\bnuxtjs\b/, 'Nuxt'],
    [/\bnest\.js\b/, 'NestJS'],
    [/\b(?:perf|performance|speed|fast)\b/, 'benchmarks'],
    [/\bmigrat\w+|\bswitch(?:ing)? from\b/, 'move coming library'],
  ]
  const stopWords =
    /^(?:a|about|all|an|and|are|as|at|be|by|can|could|do|does|for|from|get|has|have|how|i|if|in|into|is|it|its|me|my|of|on|or|our|should|so|that|the|their|there|this|to|use|using|want|was|we|what|when|where|which|who|why|will|with|you|your)$/
  const phrase = /\bsign(?:s|ed|ing)?[\s-]+(?:(?:your |the )?users?\s+)?(in|out|up)\b/g
  const asked = query.toLowerCase()
  const british = asked.match(/[a-z]{4,}is(?:e|es|ed|ing|ations?)\b/g) ?? []
  const texts = [
    asked,
    ...british.map((word) => word.replace(/is(?=[a-z]{1,6}$)/, 'iz')),
    ...synonyms.filter(([pattern]) => pattern.test(asked)).map(([, words]) => words.toLowerCase()),
  ]
  const words = texts
    .join(' ')
    .replace(phrase, 'sign$1')
    .split(/[^\p{L}\p{N}_]+/u)
  const unique = [...new Set(words)].filter((word) => word !== '')
  const useful = unique.filter((word) => !stopWords.test(word))
  return useful.length === 0 ? unique : useful
}

/**
 * How much a section counts: a guide more than the page of a framework, and a list of error codes only for the code.
 *
 * @param {string} id - The URL of the section.
 * @param {string} term - A word of the index.
 * @param {{ titles: string[] }} section - The titles above the title of the section.
 */
function weightOf(id, term, { titles }) {
  const [path] = id.split('#')
  const start = titles.length === 0 ? 1.8 : 1
  if (/\/(?:evidence\/.*|changelog|contributing|architecture)$/.test(path)) return 0.2
  if (path.endsWith('errors') && !/[\d_]/.test(term)) return start * 0.25
  if (/\/development-provider\//.test(path)) return 0.12
  if (path.endsWith('/options')) return titles.length > 1 ? 0.4 : 1
  if (/\/examples\/|\/(?:guides|versions|coming-from|from-[^/]+)$/.test(path)) return 0.4
  const isSpecial =
    /\/(?:|fastify|koa|hono|nestjs|next|nuxt|sveltekit|angular|astro|react-router|tanstack-start|fetch|serverless|recipes|tutorial|providers)$/
  return start * (isSpecial.test(path) ? 0.7 : 1)
}

/** How many letters may differ. A short word, a number or a code with another letter is another word. */
const fuzzy = (term, index, terms) =>
  term.length < (terms.length === 1 ? 4 : 5) || /[\d:]/.test(term) ? 0 : 0.2
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
        boost: { title: 3, titles: 3, text: 1 },
        weights: { fuzzy: 0.1, prefix: 0.375 },
      },
    },
  },
}
