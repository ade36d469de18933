import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SessionObjectNamespace","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/durable-object/interfaces/SessionObjectNamespace.md","filePath":"reference/stores/durable-object/interfaces/SessionObjectNamespace.md"}',
)
const _sfc_main = { name: 'reference/stores/durable-object/interfaces/SessionObjectNamespace.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/durable-object</a> / SessionObjectNamespace</p><h1 id="interface-sessionobjectnamespace" tabindex="-1">Interface: SessionObjectNamespace <a class="header-anchor" href="#interface-sessionobjectnamespace" aria-label="Permalink to &quot;Interface: SessionObjectNamespace&quot;">​</a></h1><p>The methods of a Durable Object namespace that this library uses. A binding of type <code>DurableObjectNamespace</code> fits.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="get" tabindex="-1">get() <a class="header-anchor" href="#get" aria-label="Permalink to &quot;get()&quot;">​</a></h3><blockquote><p><strong>get</strong>(<code>id</code>, <code>options?</code>): <a href="./SessionObjectStub"><code>SessionObjectStub</code></a></p></blockquote><p>Returns a stub, which sends requests to an object.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="id" tabindex="-1">id <a class="header-anchor" href="#id" aria-label="Permalink to &quot;id&quot;">​</a></h5><p><code>never</code></p><p>The ID of the object.</p><h5 id="options" tabindex="-1">options? <a class="header-anchor" href="#options" aria-label="Permalink to &quot;options?&quot;">​</a></h5><p><code>undefined</code></p><p>Where Cloudflare creates the object.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><a href="./SessionObjectStub"><code>SessionObjectStub</code></a></p><hr><h3 id="idfromname" tabindex="-1">idFromName() <a class="header-anchor" href="#idfromname" aria-label="Permalink to &quot;idFromName()&quot;">​</a></h3><blockquote><p><strong>idFromName</strong>(<code>name</code>): <code>unknown</code></p></blockquote><p>Returns the ID of an object.</p><h4 id="parameters-1" tabindex="-1">Parameters <a class="header-anchor" href="#parameters-1" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h5><p><code>string</code></p><p>The name of the object.</p><h4 id="returns-1" tabindex="-1">Returns <a class="header-anchor" href="#returns-1" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>unknown</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/durable-object/interfaces/SessionObjectNamespace.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SessionObjectNamespace = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, SessionObjectNamespace as default }
