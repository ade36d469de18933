import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: App","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/fastify/interfaces/App.md","filePath":"reference/adapters/fastify/interfaces/App.md"}',
)
const _sfc_main = { name: 'reference/adapters/fastify/interfaces/App.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/fastify</a> / App</p><h1 id="interface-app" tabindex="-1">Interface: App <a class="header-anchor" href="#interface-app" aria-label="Permalink to &quot;Interface: App&quot;">​</a></h1><p>A Fastify application, or a part of one.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="register" tabindex="-1">register() <a class="header-anchor" href="#register" aria-label="Permalink to &quot;register()&quot;">​</a></h3><blockquote><p><strong>register</strong>(<code>plugin</code>): <code>unknown</code></p></blockquote><p>Adds a plugin.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="plugin" tabindex="-1">plugin <a class="header-anchor" href="#plugin" aria-label="Permalink to &quot;plugin&quot;">​</a></h5><p><a href="./../type-aliases/Plugin"><code>Plugin</code></a></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>unknown</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/fastify/interfaces/App.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const App = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, App as default }
