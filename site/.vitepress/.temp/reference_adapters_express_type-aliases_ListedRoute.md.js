import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Type Alias: ListedRoute","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/express/type-aliases/ListedRoute.md","filePath":"reference/adapters/express/type-aliases/ListedRoute.md"}',
)
const _sfc_main = { name: 'reference/adapters/express/type-aliases/ListedRoute.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/express</a> / ListedRoute</p><h1 id="type-alias-listedroute" tabindex="-1">Type Alias: ListedRoute <a class="header-anchor" href="#type-alias-listedroute" aria-label="Permalink to &quot;Type Alias: ListedRoute&quot;">​</a></h1><blockquote><p><strong>ListedRoute</strong> = <a href="./DeclaredGuard"><code>DeclaredGuard</code></a> &amp; <code>object</code></p></blockquote><p>A guarded route, as <code>auth.routes()</code> lists it.</p><h2 id="type-declaration" tabindex="-1">Type Declaration <a class="header-anchor" href="#type-declaration" aria-label="Permalink to &quot;Type Declaration&quot;">​</a></h2><h3 id="method" tabindex="-1">method <a class="header-anchor" href="#method" aria-label="Permalink to &quot;method&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>method</strong>: <code>string</code></p></blockquote><p>The HTTP method, such as <code>GET</code>. <code>ALL</code> means every method.</p><h3 id="path" tabindex="-1">path <a class="header-anchor" href="#path" aria-label="Permalink to &quot;path&quot;">​</a></h3><blockquote><p><code>readonly</code> <strong>path</strong>: <code>string</code></p></blockquote><p>The path as the framework shows it. In Express, a router does not know the path that it is mounted at, so the path starts with <code>…</code> there.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> route</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> ListedRoute</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  method: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;GET&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  path: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/admin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  guard: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;loginRequired&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  requirement: { roles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Admin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/express/type-aliases/ListedRoute.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const ListedRoute = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, ListedRoute as default }
