import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/testing/playwright","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/testing/playwright.md","filePath":"source/examples/testing/playwright.md"}',
)
const _sfc_main = { name: 'source/examples/testing/playwright.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="examplestestingplaywright" tabindex="-1">examples/testing/playwright <a class="header-anchor" href="#examplestestingplaywright" aria-label="Permalink to &quot;examples/testing/playwright&quot;">​</a></h1><p>The folder <code>examples/testing/playwright</code> of the repository contains:</p><ul><li><a href="/source/examples/testing/playwright/orders.spec.ts.txt">orders.spec.ts</a></li><li><a href="/source/examples/testing/playwright/playwright.config.ts.txt">playwright.config.ts</a></li><li><a href="/source/examples/testing/playwright/stored.spec.ts.txt">stored.spec.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/testing/playwright.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const playwright = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, playwright as default }
