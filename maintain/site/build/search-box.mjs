// Changes the search of VitePress: a dialog with a list of options for screen readers, and help when nothing is found.

/**
 * The text of VPLocalSearchBox.vue (VitePress 1.6), and its replacement. VitePress makes the dialog a button and puts a link
 * into each option, so a screen reader does not announce the results.
 */
const REPLACEMENTS = [
  [
    `role="button"
      :aria-owns="results?.length ? 'localsearch-list' : undefined"
      aria-expanded="true"
      aria-haspopup="listbox"
      aria-labelledby="localsearch-label"`,
    'role="dialog" aria-modal="true" aria-label="Search"',
  ],
  [
    'type="search"',
    'type="text" inputmode="search" role="combobox" :aria-expanded="results.length > 0"',
  ],
  ['aria-autocomplete="both"', 'aria-autocomplete="list"'],
  [
    `:id="'localsearch-item-' + index"
            :aria-selected="selectedIndex === index ? 'true' : 'false'"
            role="option"`,
    'role="presentation"',
  ],
  [
    `:aria-label="[...p.titles, p.title].join(' > ')"`,
    `:id="'localsearch-item-' + index" role="option" :aria-selected="selectedIndex === index" tabindex="-1"`,
  ],
  ['<span class="title-icon">#</span>', ''],
  // The index contains nouns without their plural.
  ['`(${escapeRegExp(term)})`', '`(${escapeRegExp(term)}s?)`'],
  ['<kbd :aria-label', '<kbd role="img" :aria-label'],
  [
    '.slice(0, 16) as',
    // At most three sections of a page, so that other pages are visible too.
    `.slice(0, 64)
      .filter(({ id }, index, all) => {
        const isOfSamePage = (other) => other.id.split('#')[0] === id.split('#')[0]
        return all.slice(0, index).filter(isOfSamePage).length < 3
      })
      .slice(0, 16) as`,
  ],
  [
    `{{ translate('modal.noResultsText') }} "<strong>{{ filterText }}</strong
            >"`,
    `<div role="status">
              <p>No page contains “<strong>{{ filterText }}</strong>”.</p>
              <p>
                Try a shorter or a more common word, or an error code such as <code>AADSTS50011</code>. Or open
                <a href="/guides" @click="$emit('close')">all guides</a>,
                <a href="/options" @click="$emit('close')">all options</a> or
                <a href="/errors" @click="$emit('close')">all errors</a>.
              </p>
            </div>`,
  ],
]

/** A plugin of Vite. */
export const searchBox = {
  name: 'search-box',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/VPLocalSearchBox.vue')) return
    return REPLACEMENTS.reduce((text, [old, replacement]) => {
      if (!text.includes(old))
        throw new Error(
          `VPLocalSearchBox.vue does not contain this text anymore, so change search-box.mjs:\n${old}`,
        )
      return text.replaceAll(old, () => replacement)
    }, code)
  },
}
