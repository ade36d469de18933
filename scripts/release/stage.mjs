// Prepares what npm publishes, outside the checkout: the packed files of each package, the public URLs in its
// package.json, and links of its pages that also work on npm.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { replaceLinks } from '../../maintain/site/build/markdown.mjs'
import { urlFields } from './urls.mjs'

const isMarkdown = (path) => path.endsWith('.md')

/**
 * Stages a package and packs it.
 *
 * @param repository - The folder of the repository.
 * @param one - The package, from `publishedPackages`.
 * @param urls - The public URLs.
 * @param target - The folder that gets the staged package and its tarball.
 * @returns The tarball, its sizes, the staged folder, and the links that lead nowhere.
 */
export function stagePackage(repository, one, urls, target) {
  const staged = join(target, one.name)
  rmSync(staged, { recursive: true, force: true })
  mkdirSync(staged, { recursive: true })
  const first = npmPack(join(repository, one.folder), target)
  execFileSync('tar', ['-xzf', join(target, first.filename), '-C', staged, '--strip-components=1'])

  const manifest = { ...one.manifest, ...urlFields(urls, one.folder) }
  // Scripts and tools of the repository do not work in an installed package.
  delete manifest.scripts
  delete manifest.devDependencies
  writeFileSync(join(staged, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)

  const broken = []
  for (const path of readdirSync(staged, { recursive: true }).filter(isMarkdown)) {
    const context = { repository, one, urls, staged, path }
    const text = readFileSync(join(staged, path), 'utf8')
    writeFileSync(join(staged, path), withLinks(text, context, broken))
  }
  const { filename, size, unpackedSize, entryCount } = npmPack(staged, target)
  return {
    ...one,
    manifest,
    staged,
    broken,
    tarball: join(target, filename),
    sizes: {
      packedKb: Math.ceil(size / 1000),
      unpackedKb: Math.ceil(unpackedSize / 1000),
      files: entryCount,
    },
  }
}

function npmPack(folder, target) {
  const args = ['pack', folder, '--pack-destination', target, '--json', '--silent']
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: target, encoding: 'utf8' }))
  return packed
}

/** Replaces relative links that leave the package. */
function withLinks(text, { repository, one, urls, staged, path }, broken) {
  return replaceLinks(text, (link) => {
    if (/^(?:[a-z]+:|#)/.test(link)) return link
    const [target, hash = ''] = link.split(/(?=#)/)
    const inside = normalize(join(dirname(path), target))
    if (!inside.startsWith('..') && existsSync(join(staged, inside))) return link
    const inRepository = relative(repository, join(repository, one.folder, inside))
    const isThere = existsSync(join(repository, inRepository))
    const [, folder] = /^packages\/([^/]+)\/README\.md$/.exec(inRepository) ?? []
    if (isThere && folder !== undefined) {
      const { name } = JSON.parse(
        readFileSync(join(repository, 'packages', folder, 'package.json'), 'utf8'),
      )
      return `https://www.npmjs.com/package/${name}${hash}`
    }
    if (!isThere || urls.repository === undefined) {
      broken.push(`${path}: ${target}${isThere ? '' : ' does not exist'}`)
      return link
    }
    const tag = encodeURIComponent(`${one.name}@${one.manifest.version}`)
    // `blob` is a page of GitHub, which is not an image.
    const kind = /\.(?:png|svg|jpe?g|gif|webp)$/.test(target) ? 'raw' : 'blob'
    return `${urls.repository}/${kind}/${tag}/${inRepository}${hash}`
  })
}
