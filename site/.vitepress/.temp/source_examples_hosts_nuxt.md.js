import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/nuxt","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/nuxt.md","filePath":"source/examples/hosts/nuxt.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/nuxt.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsnuxt" tabindex="-1">examples/hosts/nuxt <a class="header-anchor" href="#exampleshostsnuxt" aria-label="Permalink to &quot;examples/hosts/nuxt&quot;">​</a></h1><p>The folder <code>examples/hosts/nuxt</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/nuxt/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/nuxt/app/app.vue.txt">app/app.vue</a></li><li><a href="/source/examples/hosts/nuxt/app/assets/main.css.txt">app/assets/main.css</a></li><li><a href="/source/examples/hosts/nuxt/app/pages/account.vue.txt">app/pages/account.vue</a></li><li><a href="/source/examples/hosts/nuxt/app/pages/call_api.vue.txt">app/pages/call_api.vue</a></li><li><a href="/source/examples/hosts/nuxt/app/pages/index.vue.txt">app/pages/index.vue</a></li><li><a href="/source/examples/hosts/nuxt/nuxt.config.ts.txt">nuxt.config.ts</a></li><li><a href="/source/examples/hosts/nuxt/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/nuxt/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/nuxt/server/api/graph.get.ts.txt">server/api/graph.get.ts</a></li><li><a href="/source/examples/hosts/nuxt/server/api/me.get.ts.txt">server/api/me.get.ts</a></li><li><a href="/source/examples/hosts/nuxt/server/api/note.post.ts.txt">server/api/note.post.ts</a></li><li><a href="/source/examples/hosts/nuxt/server/utils/auth.ts.txt">server/utils/auth.ts</a></li><li><a href="/source/examples/hosts/nuxt/tsconfig.json.txt">tsconfig.json</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/nuxt.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const nuxt = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, nuxt as default }
