import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/solid-start","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/solid-start.md","filePath":"source/examples/hosts/solid-start.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/solid-start.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostssolid-start" tabindex="-1">examples/hosts/solid-start <a class="header-anchor" href="#exampleshostssolid-start" aria-label="Permalink to &quot;examples/hosts/solid-start&quot;">​</a></h1><p>The folder <code><span class="word">examples/hosts/solid-start</span></code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/solid-start/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/solid-start/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/solid-start/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/solid-start/src/app.css.txt">src/app.css</a></li><li><a href="/source/examples/hosts/solid-start/src/app.tsx.txt">src/app.tsx</a></li><li><a href="/source/examples/hosts/solid-start/src/auth.ts.txt">src/auth.ts</a></li><li><a href="/source/examples/hosts/solid-start/src/entry-client.tsx.txt">src/entry-client.tsx</a></li><li><a href="/source/examples/hosts/solid-start/src/entry-server.tsx.txt">src/entry-server.tsx</a></li><li><a href="/source/examples/hosts/solid-start/src/routes/about.tsx.txt">src/routes/about.tsx</a></li><li><a href="/source/examples/hosts/solid-start/src/routes/api/me.ts.txt">src/routes/api/me.ts</a></li><li><a href="/source/examples/hosts/solid-start/src/routes/index.tsx.txt">src/routes/index.tsx</a></li><li><a href="/source/examples/hosts/solid-start/src/user.ts.txt">src/user.ts</a></li><li><a href="/source/examples/hosts/solid-start/tsconfig.json.txt">tsconfig.json</a></li><li><a href="/source/examples/hosts/solid-start/vite.config.ts.txt">vite.config.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/solid-start.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const solidStart = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, solidStart as default }
