import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: default()","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/nuxt/functions/default.md","filePath":"reference/nuxt/functions/default.md"}',
)
const _sfc_main = { name: 'reference/nuxt/functions/default.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../">API</a> / <a href="./../">identity-web/nuxt</a> / default</p><h1 id="function-default" tabindex="-1">Function: default() <a class="header-anchor" href="#function-default" aria-label="Permalink to &quot;Function: default()&quot;">​</a></h1><blockquote><p><strong>default</strong>(<code>_options</code>, <code>nuxt</code>): <code>void</code></p></blockquote><p>The Nuxt module. It adds the routes of sign-in to the server, <code>useIdentity()</code> to pages, and the guard <code>definePageMeta({ loginRequired: true })</code>. Add it to <code>modules</code>. You do not call it.</p><p>It requires the file <code>server/utils/auth.ts</code>, which exports <code>auth</code>.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="_options" tabindex="-1">_options <a class="header-anchor" href="#_options" aria-label="Permalink to &quot;\\_options&quot;">​</a></h3><p><a href="./../interfaces/NuxtModuleOptions"><code>NuxtModuleOptions</code></a></p><p>The module has no options.</p><h3 id="nuxt" tabindex="-1">nuxt <a class="header-anchor" href="#nuxt" aria-label="Permalink to &quot;nuxt&quot;">​</a></h3><p><a href="./../interfaces/Nuxt"><code>Nuxt</code></a></p><p>The application.</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><code>void</code></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>IdentityError <code>configuration</code> if <code>server/utils/auth.ts</code> does not exist, or if <code>ssr</code> is <code>false</code>.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;">// nuxt.config.ts</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> default</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> defineNuxtConfig</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">({ </span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">modules: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;identity-web/nuxt&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">})</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/nuxt/functions/default.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const _default = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, _default as default }
