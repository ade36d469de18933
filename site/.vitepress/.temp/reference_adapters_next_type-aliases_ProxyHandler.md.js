import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ProxyHandler<User>","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/next/type-aliases/ProxyHandler.md","filePath":"reference/adapters/next/type-aliases/ProxyHandler.md"}',
)
const _sfc_main = { name: 'reference/adapters/next/type-aliases/ProxyHandler.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/next</a> / ProxyHandler</p><h1 id="type-alias-proxyhandleruser" tabindex="-1">Type Alias: ProxyHandler&lt;User&gt; <a class="header-anchor" href="#type-alias-proxyhandleruser" aria-label="Permalink to &quot;Type Alias: ProxyHandler\\&lt;User\\&gt;&quot;">​</a></h1><blockquote><p><strong>ProxyHandler</strong>&lt;<code>User</code>&gt; = (<code>request</code>, <code>user</code>, <code>event</code>) =&gt; <code>Response</code> | <code>undefined</code> | <code>Promise</code>&lt;<code>Response</code> | <code>undefined</code>&gt;</p></blockquote><p>Your own part of the proxy.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><h3 id="user" tabindex="-1">User <a class="header-anchor" href="#user" aria-label="Permalink to &quot;User&quot;">​</a></h3><p><code>User</code></p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="request" tabindex="-1">request <a class="header-anchor" href="#request" aria-label="Permalink to &quot;request&quot;">​</a></h3><p><code>NextRequest</code></p><p>The request, with the new cookies of a refreshed session.</p><h3 id="user-1" tabindex="-1">user <a class="header-anchor" href="#user-1" aria-label="Permalink to &quot;user&quot;">​</a></h3><p><code>User</code> | <code>undefined</code></p><p>The signed-in user. <code>undefined</code> for unauthenticated visitors and on the routes of sign-in.</p><h3 id="event" tabindex="-1">event <a class="header-anchor" href="#event" aria-label="Permalink to &quot;event&quot;">​</a></h3><p><code>NextFetchEvent</code></p><p>The event of Next.js.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Response</code> | <code>undefined</code> | <code>Promise</code>&lt;<code>Response</code> | <code>undefined</code>&gt;</p><p><code>NextResponse.next()</code>, a rewrite, or another response. <code>undefined</code> means <code>NextResponse.next()</code>.</p></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/next/type-aliases/ProxyHandler.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ProxyHandler = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ProxyHandler as default }
