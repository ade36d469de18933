// What the site knows about the repository: its public addresses, and when a page changed. Without a configured address or
// without the history of git, the site leaves these parts out.
import { execFileSync } from 'node:child_process'
import { readUrls } from '../../../scripts/release/urls.mjs'
import { root } from '../../../scripts/setup.mjs'

/**
 * The links to the project for the menu and for each page.
 *
 * @param {{ repository?: string }} urls - Those of scripts/release/urls.json.
 */
export function projectLinks({ repository } = readUrls(root)) {
  if (repository === undefined) return []
  return [
    { text: 'Repository', link: repository },
    { text: 'Discussions', link: `${repository}/discussions` },
  ]
}

/**
 * What a reader must know about a version before using it. It is empty for a published version that is not a preview.
 *
 * @param {string} version - Such as `1.0.0-rc.1`.
 * @param {{ npm?: string }} urls - Those of scripts/release/urls.json.
 */
export function stateOf(version, { npm } = readUrls(root)) {
  const parts = [version.includes('-') && 'Preview', npm === undefined && 'not published']
  return parts.filter((part) => part !== false).join(', ')
}

/** The address where a reader can edit a file. It is undefined if the address of the repository is not configured. */
export function editLink(file, { repository } = readUrls(root)) {
  return repository === undefined ? undefined : `${repository}/edit/main/${file}`
}

/**
 * The day of the last change of each file, such as `2026-11-29`.
 *
 * @param {string} folder - A folder of a repository.
 * @returns {Map<string, string>} It is empty in a shallow clone, whose oldest commit seems to have changed all files.
 */
export function changesOf(folder = root) {
  const days = new Map()
  let day
  for (const line of historyOf(folder).split('\n')) {
    if (line.startsWith('day ')) day = line.slice(4)
    else if (line !== '' && !days.has(line)) days.set(line, day)
  }
  return days
}

function historyOf(folder) {
  const git = (...args) =>
    execFileSync('git', ['-c', 'core.quotePath=false', ...args], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1_000_000_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  try {
    if (git('rev-parse', '--is-shallow-repository').trim() === 'true') return ''
    return git('log', '--no-merges', '--name-only', '--format=day %cs', '--', '*.md')
  } catch {
    return ''
  }
}
