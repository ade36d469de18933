import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/react-router","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/react-router.md","filePath":"source/examples/hosts/react-router.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/react-router.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsreact-router" tabindex="-1">examples/hosts/react-router <a class="header-anchor" href="#exampleshostsreact-router" aria-label="Permalink to &quot;examples/hosts/react-router&quot;">​</a></h1><p>The folder <code><span class="word">examples/hosts/react-router</span></code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/react-router/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/react-router/app/account.tsx.txt">app/account.tsx</a></li><li><a href="/source/examples/hosts/react-router/app/auth.server.ts.txt">app/auth.server.ts</a></li><li><a href="/source/examples/hosts/react-router/app/call-api.tsx.txt">app/call-api.tsx</a></li><li><a href="/source/examples/hosts/react-router/app/graph.server.ts.txt">app/graph.server.ts</a></li><li><a href="/source/examples/hosts/react-router/app/home.tsx.txt">app/home.tsx</a></li><li><a href="/source/examples/hosts/react-router/app/me.ts.txt">app/me.ts</a></li><li><a href="/source/examples/hosts/react-router/app/root.tsx.txt">app/root.tsx</a></li><li><a href="/source/examples/hosts/react-router/app/routes.ts.txt">app/routes.ts</a></li><li><a href="/source/examples/hosts/react-router/app/styles.css.txt">app/styles.css</a></li><li><a href="/source/examples/hosts/react-router/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/react-router/react-router.config.ts.txt">react-router.config.ts</a></li><li><a href="/source/examples/hosts/react-router/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/react-router/tsconfig.json.txt">tsconfig.json</a></li><li><a href="/source/examples/hosts/react-router/vite.config.ts.txt">vite.config.ts</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/react-router.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const reactRouter = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, reactRouter as default }
