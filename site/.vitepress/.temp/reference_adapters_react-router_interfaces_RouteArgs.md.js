import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: RouteArgs","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/interfaces/RouteArgs.md","filePath":"reference/adapters/react-router/interfaces/RouteArgs.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/interfaces/RouteArgs.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/react-router</a> / RouteArgs</p><h1 id="interface-routeargs" tabindex="-1">Interface: RouteArgs <a class="header-anchor" href="#interface-routeargs" aria-label="Permalink to &quot;Interface: RouteArgs&quot;">​</a></h1><p>The argument of a loader, an action or a middleware. You can also pass <code>{ request, context }</code>.</p><h2 id="extended-by" tabindex="-1">Extended by <a class="header-anchor" href="#extended-by" aria-label="Permalink to &quot;Extended by&quot;">​</a></h2><ul><li><a href="./HandlerArgs"><code>HandlerArgs</code></a></li></ul><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="context" tabindex="-1">context <a class="header-anchor" href="#context" aria-label="Permalink to &quot;context&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>context</strong>: <code>object</code></p></blockquote><p>The context of the request, in which the middleware of <code>Auth</code> stores its state.</p><hr><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>request</strong>: <code>Request</code></p></blockquote><p>The request.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/interfaces/RouteArgs.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RouteArgs = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RouteArgs as default }
