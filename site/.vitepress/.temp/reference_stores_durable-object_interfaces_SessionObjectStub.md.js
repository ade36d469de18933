import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: SessionObjectStub","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/stores/durable-object/interfaces/SessionObjectStub.md","filePath":"reference/stores/durable-object/interfaces/SessionObjectStub.md"}',
)
const _sfc_main = { name: 'reference/stores/durable-object/interfaces/SessionObjectStub.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/durable-object</a> / SessionObjectStub</p><h1 id="interface-sessionobjectstub" tabindex="-1">Interface: SessionObjectStub <a class="header-anchor" href="#interface-sessionobjectstub" aria-label="Permalink to &quot;Interface: SessionObjectStub&quot;">​</a></h1><p>The method of the stub of a Durable Object that this library uses.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="fetch" tabindex="-1">fetch() <a class="header-anchor" href="#fetch" aria-label="Permalink to &quot;fetch()&quot;">​</a></h3><blockquote><p><strong>fetch</strong>(<code>url</code>, <code>init</code>): <code>Promise</code>&lt;{ <code>json</code>(): <code>Promise</code>&lt;<code>unknown</code>&gt;; }&gt;</p></blockquote><p>Sends a request to the object.</p><h4 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h4><h5 id="url" tabindex="-1">url <a class="header-anchor" href="#url" aria-label="Permalink to &quot;url&quot;">​</a></h5><p><code>string</code></p><p>A URL. Only the object reads it.</p><h5 id="init" tabindex="-1">init <a class="header-anchor" href="#init" aria-label="Permalink to &quot;init&quot;">​</a></h5><p>The method and the body.</p><h6 id="body" tabindex="-1">body <a class="header-anchor" href="#body" aria-label="Permalink to &quot;body&quot;">​</a></h6><p><code>string</code></p><h6 id="method" tabindex="-1">method <a class="header-anchor" href="#method" aria-label="Permalink to &quot;method&quot;">​</a></h6><p><code>string</code></p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><code>Promise</code>&lt;{ <code>json</code>(): <code>Promise</code>&lt;<code>unknown</code>&gt;; }&gt;</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/stores/durable-object/interfaces/SessionObjectStub.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const SessionObjectStub = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, SessionObjectStub as default }
