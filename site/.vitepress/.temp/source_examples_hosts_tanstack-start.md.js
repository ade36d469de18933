import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/tanstack-start","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/tanstack-start.md","filePath":"source/examples/hosts/tanstack-start.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/tanstack-start.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshoststanstack-start" tabindex="-1">examples/hosts/tanstack-start <a class="header-anchor" href="#exampleshoststanstack-start" aria-label="Permalink to &quot;examples/hosts/tanstack-start&quot;">​</a></h1><p>The folder <code>examples/hosts/tanstack-start</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/tanstack-start/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/tanstack-start/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/tanstack-start/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/tanstack-start/server.mjs.txt">server.mjs</a></li><li><a href="/source/examples/hosts/tanstack-start/src/auth.server.ts.txt">src/auth.server.ts</a></li><li><a href="/source/examples/hosts/tanstack-start/src/graph.server.ts.txt">src/graph.server.ts</a></li><li><a href="/source/examples/hosts/tanstack-start/src/router.tsx.txt">src/router.tsx</a></li><li><a href="/source/examples/hosts/tanstack-start/src/routes/__root.tsx.txt">src/routes/__root.tsx</a></li><li><a href="/source/examples/hosts/tanstack-start/src/routes/account.tsx.txt">src/routes/account.tsx</a></li><li><a href="/source/examples/hosts/tanstack-start/src/routes/api/me.ts.txt">src/routes/api/me.ts</a></li><li><a href="/source/examples/hosts/tanstack-start/src/routes/call_api.tsx.txt">src/routes/call_api.tsx</a></li><li><a href="/source/examples/hosts/tanstack-start/src/routes/index.tsx.txt">src/routes/index.tsx</a></li><li><a href="/source/examples/hosts/tanstack-start/src/start.ts.txt">src/start.ts</a></li><li><a href="/source/examples/hosts/tanstack-start/src/styles.css.txt">src/styles.css</a></li><li><a href="/source/examples/hosts/tanstack-start/tsconfig.json.txt">tsconfig.json</a></li><li><a href="/source/examples/hosts/tanstack-start/vite.config.ts.txt">vite.config.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/tanstack-start.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const tanstackStart = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, tanstackStart as default }
