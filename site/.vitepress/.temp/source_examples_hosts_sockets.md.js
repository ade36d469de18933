import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/sockets","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/sockets.md","filePath":"source/examples/hosts/sockets.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/sockets.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostssockets" tabindex="-1">examples/hosts/sockets <a class="header-anchor" href="#exampleshostssockets" aria-label="Permalink to &quot;examples/hosts/sockets&quot;">​</a></h1><p>The folder <code>examples/hosts/sockets</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/sockets/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/sockets/bun.ts.txt">bun.ts</a></li><li><a href="/source/examples/hosts/sockets/deno.ts.txt">deno.ts</a></li><li><a href="/source/examples/hosts/sockets/fastify.js.txt">fastify.js</a></li><li><a href="/source/examples/hosts/sockets/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/sockets/page.js.txt">page.js</a></li><li><a href="/source/examples/hosts/sockets/screenshot.png.txt">screenshot.png</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/sockets.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const sockets = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, sockets as default }
