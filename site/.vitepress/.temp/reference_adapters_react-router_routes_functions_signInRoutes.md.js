import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: signInRoutes()","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/react-router/routes/functions/signInRoutes.md","filePath":"reference/adapters/react-router/routes/functions/signInRoutes.md"}',
)
const _sfc_main = { name: 'reference/adapters/react-router/routes/functions/signInRoutes.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../../">API</a> / <a href="./../">identity-web/react-router/routes</a> / signInRoutes</p><h1 id="function-signinroutes" tabindex="-1">Function: signInRoutes() <a class="header-anchor" href="#function-signinroutes" aria-label="Permalink to &quot;Function: signInRoutes()&quot;">​</a></h1><blockquote><p><strong>signInRoutes</strong>(): <a href="./../interfaces/SignInRoute"><code>SignInRoute</code></a>[]</p></blockquote><p>Returns the routes that React Router needs to call the middleware of <code>Auth</code> for the URLs of sign-in, such as <code>/redirect</code>. Add them to <code>app/routes.ts</code>.</p><p>The route matches every URL that your other routes do not match. Your error boundary still shows the status 404 for them. If you have a route for <code>*</code>, you do not need this function. It does not throw.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./../interfaces/SignInRoute"><code>SignInRoute</code></a>[]</p><p>A list of routes, whatever the path of the redirect URI is.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { index, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">type</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> RouteConfig } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;@react-router/dev/routes&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { signInRoutes } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web/react-router/routes&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> default</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> [</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">index</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;home.tsx&#39;</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">), </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">...</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">signInRoutes</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">()] </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">satisfies</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> RouteConfig</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/react-router/routes/functions/signInRoutes.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const signInRoutes = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, signInRoutes as default }
