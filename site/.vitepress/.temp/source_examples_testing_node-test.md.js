import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/testing/node-test","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/testing/node-test.md","filePath":"source/examples/testing/node-test.md"}',
)
const _sfc_main = { name: 'source/examples/testing/node-test.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="examplestestingnode-test" tabindex="-1">examples/testing/node-test <a class="header-anchor" href="#examplestestingnode-test" aria-label="Permalink to &quot;examples/testing/node-test&quot;">​</a></h1><p>The folder <code><span class="word">examples/testing/node-test</span></code> of the repository contains:</p><ul><li><a href="/source/examples/testing/node-test/orders.test.ts.txt">orders.test.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/testing/node-test.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const nodeTest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, nodeTest as default }
