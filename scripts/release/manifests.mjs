// What each published package must say about itself. The URLs are in urls.json.
const REQUIRED = ['license', 'author', 'keywords', 'description', 'version', 'files', 'engines']

const isEmpty = (value) => value === undefined || value.length === 0

/** Returns one sentence for each package that lacks fields. */
export function incompletePackages(packages) {
  return packages.flatMap(({ folder, manifest }) => {
    const missing = REQUIRED.filter((field) => isEmpty(manifest[field]))
    if (missing.length === 0) return []
    return [
      `${folder}/package.json does not contain: ${missing.join(', ')}. Add them, then release.`,
    ]
  })
}
