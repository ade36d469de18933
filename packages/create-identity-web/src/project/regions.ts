const MARKER = /^ *(?:\/\/|<!--|\{\/\*) #(region|endregion)((?: [a-z][a-z\d-]*)+)(?: -->| \*\/\})?$/

/**
 * Removes the regions of a template that a project does not need, and the lines that mark the others. A region starts with the
 * comment `#region` and its names, and ends with `#endregion` and the same names.
 *
 * @param names - The regions to keep. A region with several names stays if one of them is in this list.
 * @throws TypeError when the markers of a template do not fit together.
 */
export function selectRegions(text: string, names: readonly string[]): string {
  const open: string[] = []
  let removed = 0
  const kept = text.split('\n').filter((line) => {
    const marker = MARKER.exec(line)
    if (marker === null) return removed === 0
    const [, kind, list = ''] = marker
    const region = list.trim()
    const change = region.split(' ').some((name) => names.includes(name)) ? 0 : 1
    if (kind === 'region') {
      open.push(region)
      removed += change
    } else {
      if (open.pop() !== region) throw new TypeError(`#endregion ${region} does not end a region.`)
      removed -= change
    }
    return false
  })
  if (open.length > 0) throw new TypeError(`#region ${open.join(', ')} does not end.`)
  return kept.join('\n')
}
