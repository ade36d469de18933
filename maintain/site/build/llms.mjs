// The files for agents: llms.txt lists the guides with one line each, llms-full.txt contains all of them.
// See https://llmstxt.org.

const TITLE = `# Identity for TypeScript

> Sign-in, sessions, API calls and API protection for TypeScript servers, with the Microsoft identity platform (Entra ID, External ID,
> Azure AD B2C, AD FS) and any OpenID Connect provider. The npm package is \`identity-web\`.
`

/**
 * @param {ReturnType<import('./sidebar.mjs').sectionsOf>} sections
 * @param {(target: string) => { path: string, text: string } | undefined} pageOf - The page of a link of docs/README.md.
 */
export function llmsFiles(sections, pageOf) {
  const list = []
  const texts = new Map()
  for (const { title, items, groups } of sections) {
    list.push(`\n## ${title}\n`)
    for (const item of [...items, ...groups.flatMap((group) => group.items)]) {
      const page = pageOf(item.target)
      if (page === undefined) continue
      const name = page.path.endsWith('/') ? `${page.path}index` : page.path
      const about = item.about === '' ? '' : `: ${item.about}`
      list.push(`- [${item.title}](/${name}.md)${about}`)
      texts.set(name, page.text.trim())
    }
  }
  const full = [...texts].map(([name, text]) => `<!-- /${name}.md -->\n\n${text}`)
  return {
    'llms.txt': `${TITLE}${list.join('\n')}\n`,
    'llms-full.txt': `${TITLE}\n${full.join('\n\n---\n\n')}\n`,
  }
}
