import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Interface: IdentityOptionsFactory","description":"","frontmatter":{"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/interfaces/IdentityOptionsFactory.md","filePath":"reference/adapters/nestjs/interfaces/IdentityOptionsFactory.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/interfaces/IdentityOptionsFactory.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / IdentityOptionsFactory</p><h1 id="interface-identityoptionsfactory" tabindex="-1">Interface: IdentityOptionsFactory <a class="header-anchor" href="#interface-identityoptionsfactory" aria-label="Permalink to &quot;Interface: IdentityOptionsFactory&quot;">​</a></h1><p>Creates the options, for <code>forRootAsync({ useClass })</code> and <code>useExisting</code>.</p><h2 id="methods" tabindex="-1">Methods <a class="header-anchor" href="#methods" aria-label="Permalink to &quot;Methods&quot;">​</a></h2><h3 id="createidentityoptions" tabindex="-1">createIdentityOptions() <a class="header-anchor" href="#createidentityoptions" aria-label="Permalink to &quot;createIdentityOptions()&quot;">​</a></h3><blockquote><p><strong>createIdentityOptions</strong>(): <a href="./IdentityModuleOptions"><code>IdentityModuleOptions</code></a>&lt;<code>any</code>&gt; | <code>Promise</code>&lt;<a href="./IdentityModuleOptions"><code>IdentityModuleOptions</code></a>&lt;<code>any</code>&gt;&gt;</p></blockquote><p>Returns the options. Nest calls it.</p><h4 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h4><p><a href="./IdentityModuleOptions"><code>IdentityModuleOptions</code></a>&lt;<code>any</code>&gt; | <code>Promise</code>&lt;<a href="./IdentityModuleOptions"><code>IdentityModuleOptions</code></a>&lt;<code>any</code>&gt;&gt;</p><h4 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h4><p>Errors that you throw. Nest does not start then.</p><h4 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h4><p><strong>NestJS</strong></p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">createIdentityOptions</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">() {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { auth: { redirectUri: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">this</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">.config.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">getOrThrow</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;REDIRECT_URI&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) } }</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/interfaces/IdentityOptionsFactory.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const IdentityOptionsFactory = /* @__PURE__ */ _export_sfc(_sfc_main, [
  ['ssrRender', _sfc_ssrRender],
])
export { __pageData, IdentityOptionsFactory as default }
