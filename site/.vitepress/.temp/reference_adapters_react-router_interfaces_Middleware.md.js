import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: Middleware()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/interfaces/Middleware.md","filePath":"reference/adapters/react-router/interfaces/Middleware.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/interfaces/Middleware.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(
    `<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/react-router</a> / Middleware</p><h1 id="interface-middleware" tabindex="-1">Interface: Middleware() <a class="header-anchor" href="#interface-middleware" aria-label="Permalink to &quot;Interface: Middleware()&quot;">​</a></h1><p>A middleware of a route, for its export <code>middleware</code>.</p><blockquote><p><strong>Middleware</strong>(<code>args</code>, <code>next</code>): <code>Promise</code>&lt;<code>Response</code>&gt;</p></blockquote><p>Runs around the loaders and actions of a route and of all routes below it. React Router calls it.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="args" tabindex="-1">args <a class="header-anchor" href="#args" aria-label="Permalink to &quot;args&quot;">​</a></h3><p><a href="./RouteArgs"><code>RouteArgs</code></a></p><p>The request, and the context of the router.</p><h3 id="next" tabindex="-1">next <a class="header-anchor" href="#next" aria-label="Permalink to &quot;next&quot;">​</a></h3><p>() =&gt; <code>Promise</code>&lt;<code>Response</code>&gt;</p><p>Runs the rest of the application.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>Promise</code>&lt;<code>Response</code>&gt;</p><p>The response.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>The errors of the application, and errors of <code>onLogin</code> that are not an <a href="./../../../index/classes/IdentityError">IdentityError</a>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> middleware</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> [auth.middleware]</span></span></code></pre></div></div>`,
  )
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/interfaces/Middleware.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const Middleware = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, Middleware as default }
