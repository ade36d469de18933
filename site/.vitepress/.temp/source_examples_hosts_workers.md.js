import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/workers","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/workers.md","filePath":"source/examples/hosts/workers.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/workers.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsworkers" tabindex="-1">examples/hosts/workers <a class="header-anchor" href="#exampleshostsworkers" aria-label="Permalink to &quot;examples/hosts/workers&quot;">​</a></h1><p>The folder <code>examples/hosts/workers</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/workers/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/workers/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/workers/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/workers/src/index.ts.txt">src/index.ts</a></li><li><a href="/source/examples/hosts/workers/src/pages.ts.txt">src/pages.ts</a></li><li><a href="/source/examples/hosts/workers/tsconfig.json.txt">tsconfig.json</a></li><li><a href="/source/examples/hosts/workers/wrangler.jsonc.txt">wrangler.jsonc</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/workers.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const workers = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, workers as default }
