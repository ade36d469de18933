import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/testing/jest","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/testing/jest.md","filePath":"source/examples/testing/jest.md"}',
)
const _sfc_main = { name: 'source/examples/testing/jest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="examplestestingjest" tabindex="-1">examples/testing/jest <a class="header-anchor" href="#examplestestingjest" aria-label="Permalink to &quot;examples/testing/jest&quot;">​</a></h1><p>The folder <code>examples/testing/jest</code> of the repository contains:</p><ul><li><a href="/source/examples/testing/jest/jest.config.js.txt">jest.config.js</a></li><li><a href="/source/examples/testing/jest/orders.test.ts.txt">orders.test.ts</a></li><li><a href="/source/examples/testing/jest/transform.js.txt">transform.js</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/testing/jest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const jest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, jest as default }
