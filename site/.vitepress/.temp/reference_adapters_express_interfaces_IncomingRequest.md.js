import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: IncomingRequest","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/IncomingRequest.md","filePath":"reference/adapters/express/interfaces/IncomingRequest.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/IncomingRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / IncomingRequest</p><h1 id="interface-incomingrequest" tabindex="-1">Interface: IncomingRequest <a class="header-anchor" href="#interface-incomingrequest" aria-label="Permalink to &quot;Interface: IncomingRequest&quot;">​</a></h1><p>A request of Node.js, such as an <code>IncomingMessage</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="headers" tabindex="-1">headers <a class="header-anchor" href="#headers" aria-label="Permalink to &quot;headers&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>headers</strong>: <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | readonly <code>string</code>[] | <code>undefined</code>&gt;&gt;</p></blockquote><p>The headers, by lower-case names.</p><hr><h3 id="method" tabindex="-1">method? <a class="header-anchor" href="#method" aria-label="Permalink to &quot;method?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>method?</strong>: <code>string</code></p></blockquote><p>The method.</p><h4 id="default-value" tabindex="-1">Default Value <a class="header-anchor" href="#default-value" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>&#39;GET&#39;</code></p><hr><h3 id="url" tabindex="-1">url? <a class="header-anchor" href="#url" aria-label="Permalink to &quot;url?&quot;">​</a></h3><blockquote><p><code>readonly</code> <code>optional</code> <strong>url?</strong>: <code>string</code></p></blockquote><p>The path and query.</p><h4 id="default-value-1" tabindex="-1">Default Value <a class="header-anchor" href="#default-value-1" aria-label="Permalink to &quot;Default Value&quot;">​</a></h4><p><code>&#39;/&#39;</code></p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/IncomingRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IncomingRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, IncomingRequest as default }
