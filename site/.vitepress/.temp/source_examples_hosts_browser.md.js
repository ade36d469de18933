import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"examples/hosts/browser","description":"","frontmatter":{"search":false,"outline":false,"prev":false,"next":false},"headers":[],"relativePath":"source/examples/hosts/browser.md","filePath":"source/examples/hosts/browser.md"}',
)
const _sfc_main = { name: 'source/examples/hosts/browser.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="exampleshostsbrowser" tabindex="-1">examples/hosts/browser <a class="header-anchor" href="#exampleshostsbrowser" aria-label="Permalink to &quot;examples/hosts/browser&quot;">​</a></h1><p>The folder <code>examples/hosts/browser</code> of the repository contains:</p><ul><li><a href="/source/examples/hosts/browser/README.md.txt">README.md</a></li><li><a href="/source/examples/hosts/browser/build.js.txt">build.js</a></li><li><a href="/source/examples/hosts/browser/package.json.txt">package.json</a></li><li><a href="/source/examples/hosts/browser/react/index.html.txt">react/index.html</a></li><li><a href="/source/examples/hosts/browser/react/main.jsx.txt">react/main.jsx</a></li><li><a href="/source/examples/hosts/browser/screenshot.png.txt">screenshot.png</a></li><li><a href="/source/examples/hosts/browser/server.js.txt">server.js</a></li><li><a href="/source/examples/hosts/browser/style.css.txt">style.css</a></li><li><a href="/source/examples/hosts/browser/svelte/App.svelte.txt">svelte/App.svelte</a></li><li><a href="/source/examples/hosts/browser/svelte/Page.svelte.txt">svelte/Page.svelte</a></li><li><a href="/source/examples/hosts/browser/svelte/index.html.txt">svelte/index.html</a></li><li><a href="/source/examples/hosts/browser/svelte/main.js.txt">svelte/main.js</a></li><li><a href="/source/examples/hosts/browser/svelte/server.js.txt">svelte/server.js</a></li><li><a href="/source/examples/hosts/browser/vue/App.vue.txt">vue/App.vue</a></li><li><a href="/source/examples/hosts/browser/vue/index.html.txt">vue/index.html</a></li><li><a href="/source/examples/hosts/browser/vue/main.js.txt">vue/main.js</a></li><li><a href="/source/examples/hosts/browser/vue/server.js.txt">vue/server.js</a></li></ul></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'source/examples/hosts/browser.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const browser = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, browser as default }
