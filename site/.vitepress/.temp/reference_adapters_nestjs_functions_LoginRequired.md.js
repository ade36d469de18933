import { ssrRenderAttrs } from 'vue/server-renderer'
import { useSSRContext } from 'vue'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const __pageData = JSON.parse(
  '{"title":"Function: LoginRequired()","description":"","frontmatter":{"search":false,"prev":false,"next":false},"headers":[],"relativePath":"reference/adapters/nestjs/functions/LoginRequired.md","filePath":"reference/adapters/nestjs/functions/LoginRequired.md"}',
)
const _sfc_main = { name: 'reference/adapters/nestjs/functions/LoginRequired.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="./../../../">API</a> / <a href="./../">identity-web/nestjs</a> / LoginRequired</p><h1 id="function-loginrequired" tabindex="-1">Function: LoginRequired() <a class="header-anchor" href="#function-loginrequired" aria-label="Permalink to &quot;Function: LoginRequired()&quot;">​</a></h1><blockquote><p><strong>LoginRequired</strong>(...<code>given</code>): <a href="./../type-aliases/RouteDecorator"><code>RouteDecorator</code></a></p></blockquote><p>Guards routes of signed-in users. The guard redirects other visitors to the provider, and then back to the requested page.</p><p>It adds <a href="./../classes/LoginGuard">LoginGuard</a>. The decorator of a method replaces that of its controller. A signed-in user who lacks a role, a group or a claim gets a page with the status 403, and a script gets JSON.</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><h3 id="given" tabindex="-1">given <a class="header-anchor" href="#given" aria-label="Permalink to &quot;given&quot;">​</a></h3><p>[] | [<code>requirement</code>: <a href="./../../express/interfaces/LoginRequirement"><code>LoginRequirement</code></a>]</p><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="./../type-aliases/RouteDecorator"><code>RouteDecorator</code></a></p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>IdentityError <code>configuration</code> for invalid values, and if another decorator of this library declares the same route.</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">NestJS </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">\`@LoginRequired({ roles: [&#39;Admin&#39;] }) list(@IdentityContext() { user }: LoginContext) { … }\`</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">@public</span></span></code></pre></div></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add(
    'reference/adapters/nestjs/functions/LoginRequired.md',
  )
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const LoginRequired = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, LoginRequired as default }
