import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: RejectedRequest","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/interfaces/RejectedRequest.md","filePath":"reference/adapters/express/interfaces/RejectedRequest.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/interfaces/RejectedRequest.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / RejectedRequest</p><h1 id="interface-rejectedrequest" tabindex="-1">Interface: RejectedRequest <a class="header-anchor" href="#interface-rejectedrequest" aria-label="Permalink to &quot;Interface: RejectedRequest&quot;">​</a></h1><p>A request that <code>authenticate()</code> rejected.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="error" tabindex="-1">error <a class="header-anchor" href="#error" aria-label="Permalink to &quot;error&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>error</strong>: <a href="./../../../index/classes/IdentityError"><code>IdentityError</code></a></p></blockquote><p>Why the request is rejected. <code>error.loginUrl</code> starts a sign-in if that helps.</p><hr><h3 id="headers" tabindex="-1">headers <a class="header-anchor" href="#headers" aria-label="Permalink to &quot;headers&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>headers</strong>: <code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code>&gt;&gt;</p></blockquote><p>The headers for the response, for example <code><span class="word">www-authenticate</span></code> of an API.</p><hr><h3 id="ok" tabindex="-1">ok <a class="header-anchor" href="#ok" aria-label="Permalink to &quot;ok&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>ok</strong>: <code>false</code></p></blockquote><p>Always <code>false</code>.</p><hr><h3 id="status" tabindex="-1">status <a class="header-anchor" href="#status" aria-label="Permalink to &quot;status&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>status</strong>: <code>number</code></p></blockquote><p>The HTTP status for the response, for example 401.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/interfaces/RejectedRequest.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const RejectedRequest = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, RejectedRequest as default }
