import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: HandlerArgs","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/interfaces/HandlerArgs.md","filePath":"reference/adapters/react-router/interfaces/HandlerArgs.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/interfaces/HandlerArgs.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/react-router</a> / HandlerArgs</p><h1 id="interface-handlerargs" tabindex="-1">Interface: HandlerArgs <a class="header-anchor" href="#interface-handlerargs" aria-label="Permalink to &quot;Interface: HandlerArgs&quot;">​</a></h1><p>The argument of a handler whose parameter does not have a type.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><a href="./RouteArgs"><code>RouteArgs</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>context</strong>: <code>object</code></p></blockquote><p>The context of the request, in which the middleware of <code>Auth</code> stores its state.</p><h4 id="inherited-from" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="./RouteArgs"><code>RouteArgs</code></a>.<a href="./RouteArgs#context"><code>context</code></a></p><hr><h3 id="params" tabindex="-1">params <a class="header-anchor" href="#params" aria-label="Permalink to &quot;params&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>params</strong>: <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | <code>undefined</code>&gt;&gt;</p></blockquote><p>The parameters of the path.</p><hr><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>request</strong>: <code>Request</code></p></blockquote><p>The request.</p><h4 id="inherited-from-1" tabindex="-1">Inherited from <a class="header-anchor" href="#inherited-from-1" aria-label="Permalink to &quot;Inherited from&quot;">​</a></h4><p><a href="./RouteArgs"><code>RouteArgs</code></a>.<a href="./RouteArgs#request"><code>request</code></a></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/interfaces/HandlerArgs.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const HandlerArgs = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, HandlerArgs as default }
