import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: App","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/koa/interfaces/App.md","filePath":"reference/adapters/koa/interfaces/App.md"}',
)
const _sfc_main = { name: 'reference/adapters/koa/interfaces/App.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/koa</a> / App</p><h1 id="interface-app" tabindex="-1">Interface: App <a class="header-anchor" href="#interface-app" aria-label="Permalink to &quot;Interface: App&quot;">​</a></h1><p>A Koa application, which may be mounted. You cannot pass a router, because it runs middleware only for its own routes.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="middleware" tabindex="-1">middleware <a class="header-anchor" href="#middleware" aria-label="Permalink to &quot;middleware&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>middleware</strong>: readonly <code>unknown</code>[]</p></blockquote><p>The middleware that was added.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="use" tabindex="-1">use() <a class="header-anchor" href="#use" aria-label="Permalink to &quot;use()&quot;">​</a></h3><blockquote><p><strong>use</strong>(<code>middleware</code>): <code>unknown</code></p></blockquote><p>Adds a middleware.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="middleware-1" tabindex="-1">middleware <a class="header-anchor" href="#middleware-1" aria-label="Permalink to &quot;middleware&quot;">​</a></h5><p><code>Middleware</code>&lt;<code>any</code>, <code>object</code>&gt;</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>unknown</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/koa/interfaces/App.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const App = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, App as default }
