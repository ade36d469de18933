import { resolveComponent, withCtx, createVNode, createTextVNode, useSSRContext } from 'vue'
import { ssrRenderAttrs, ssrRenderComponent, ssrRenderAttr } from 'vue/server-renderer'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const _imports_0 = '/files/docs/images/call-an-api.png'
const __pageData = JSON.parse(
  '{"title":"Call an API","description":"","frontmatter":{},"headers":[],"relativePath":"call-an-api.md","filePath":"call-an-api.md"}',
)
const _sfc_main = { name: 'call-an-api.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  const _component_ChoiceTabs = resolveComponent('ChoiceTabs')
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="call-an-api" tabindex="-1">Call an API <a class="header-anchor" href="#call-an-api" aria-label="Permalink to &quot;Call an API&quot;">​</a></h1><p>Your web application can call APIs for its signed-in users. You name the scopes on a route, and <code>context.fetch</code> sends the access token:</p>`,
  )
  _push(
    ssrRenderComponent(
      _component_ChoiceTabs,
      {
        kind: 'framework',
        names: 'Express|Fastify|Koa|Hono|Next.js|Request and Response',
      },
      {
        default: withCtx((_, _push2, _parent2, _scopeId) => {
          if (_push2) {
            _push2(`<div class="option" data-value="express"${_scopeId}><p class="option-name"${_scopeId}>Express</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> express </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;express&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/express&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> express</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/mail&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;/me/messages&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>status</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(response.status).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>())</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>listen</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="fastify"${_scopeId}><p class="option-name"${_scopeId}>Fastify</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Fastify </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;fastify&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/fastify&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Fastify</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/mail&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>reply</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;/me/messages&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> reply.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>status</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(response.status).</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>send</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>())</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="koa"${_scopeId}><p class="option-name"${_scopeId}>Koa</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Koa </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;koa&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/koa&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Koa</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>ctx</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;/me/messages&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    ctx.status </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.status</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    ctx.body </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="hono"${_scopeId}><p class="option-name"${_scopeId}>Hono</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Hono } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;hono&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/hono&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Hono</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/mail&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>c</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;/me/messages&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(), { status: response.status })</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="next-js"${_scopeId}><p class="option-name"${_scopeId}>Next.js</p><div class="language-tsx vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>tsx</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// app/mail/route.ts</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;@/auth&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> GET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>_request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>  const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;/me/messages&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>  return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(), { status: response.status })</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>})</span></span></code></pre></div></div><div class="option" data-value="request-and-response"${_scopeId}><p class="option-name"${_scopeId}>Request and Response</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/fetch&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> mail</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>  const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;/me/messages&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>  return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(), { status: response.status })</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>})</span></span></code></pre></div></div>`)
          } else {
            return [
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'express',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Express'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' express ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'express'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Auth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/express'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' express',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'get',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "  '/mail'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Mail.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'req',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'res',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'context',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' context.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'/me/messages'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    res.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'status',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(response.status).',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '())',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'listen',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              '3000',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'fastify',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Fastify'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Fastify ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'fastify'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Auth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/fastify'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Fastify',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app)',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'get',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "  '/mail'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Mail.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'reply',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'context',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' context.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'/me/messages'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    return',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' reply.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'status',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(response.status).',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'send',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '())',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'koa',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Koa'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Koa ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'koa'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Auth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/koa'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Koa',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app)',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'use',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Mail.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'ctx',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'context',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' context.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'/me/messages'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    ctx.status ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.status',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    ctx.body ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'hono',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Hono'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Hono } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'hono'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Auth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/hono'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' app',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Hono',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(app)',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'app.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'get',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "  '/mail'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Mail.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'c',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'context',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' context.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'/me/messages'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    return',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(), { status: response.status })',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'next-js',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Next.js'),
                  createVNode('div', { class: 'language-tsx vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'tsx'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '// app/mail/route.ts',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { auth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " '@/auth'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' GET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Mail.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '_request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'context',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '  const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' context.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'/me/messages'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '  return',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(), { status: response.status })',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '})',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'request-and-response',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Request and Response'),
                  createVNode('div', { class: 'language-ts vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'ts'),
                    createVNode(
                      'pre',
                      {
                        class:
                          'shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code',
                        tabindex: '0',
                      },
                      [
                        createVNode('code', null, [
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'import',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' { Auth } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/fetch'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '()',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' mail',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ scopes: [',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'Mail.Read'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '] }, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'async',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'context',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '  const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' =',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' context.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'/me/messages'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ')',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '  return',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'await',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' response.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'json',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(), { status: response.status })',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '})',
                            ),
                          ]),
                        ]),
                      ],
                    ),
                  ]),
                ],
              ),
            ]
          }
        }),
        _: 1,
      },
      _parent,
    ),
  )
  _push(`<p>The scope <code>Mail.Read</code> belongs to Microsoft Graph, so the library calls <code>https://graph.microsoft.com/v1.0/me/messages</code>. In another cloud, it calls the Microsoft Graph of that cloud. If you use the development provider, it calls the Microsoft Graph of the provider. It has users, groups, messages, events and photos, and <a href="/development-provider/microsoft-graph#your-own-responses">you can add your own responses</a>.</p><p>If your user has not consented to the scopes, the guard sends the user to the provider and back to this page. You do not have to refresh tokens, because the library does it. This is the page <code>/call_api</code> of <a href="/examples/express">the demo</a>, after the consent:</p><p><img${ssrRenderAttr('src', _imports_0)} alt="The page &quot;The response of the API&quot;: status 200, and the profile of Alex Rivera from Microsoft Graph as JSON."></p><p>An API that calls another API uses <a href="/on-behalf-of">on-behalf-of</a> instead.</p><h2 id="your-own-apis" tabindex="-1">Your own APIs <a class="header-anchor" href="#your-own-apis" aria-label="Permalink to &quot;Your own APIs&quot;">​</a></h2><p>Define your APIs in the option <code>apis</code>, with a base URL and scopes for each:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  apis: {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    todos: { baseUrl: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://todos.contoso.com/v1&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;api://todos/Todos.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    orders: { baseUrl: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://orders.contoso.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;api://orders/Orders.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p>You can then call them by name in every guarded handler:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> context.api.todos.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/1&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">())</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p>This call gets a token for <code>api://todos/Todos.Read</code>, and requests <code>https://todos.contoso.com/v1/1</code>. The route does not have to name scopes. If the consent is missing, the guard sends the user to the provider.</p><p>If one of your routes needs another scope of the same API, name the scope on the route. Its <code>context.fetch</code> gets a token with this scope, and uses the base URL of the entry:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">post</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;api://todos/Todos.Write&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">context</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> response</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> context.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/1&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { method: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;PUT&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">sendStatus</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(response.status)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><p>Declare the names once, so that TypeScript checks them and your editor suggests them:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">declare</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> module</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  interface</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> Register</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">    apis</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;todos&#39;</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> |</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;orders&#39;</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span></code></pre></div><p>An entry with scopes of Microsoft Graph replaces the base URL of Microsoft Graph, for example by <code>https://graph.microsoft.com/beta</code>.</p><h2 id="urls" tabindex="-1">URLs <a class="header-anchor" href="#urls" aria-label="Permalink to &quot;URLs&quot;">​</a></h2><table tabindex="0"><thead><tr><th>you call</th><th>the library requests</th></tr></thead><tbody><tr><td><code>context.fetch(&#39;/me&#39;)</code></td><td>the path, appended to the base URL of the API that the scopes of the route belong to</td></tr><tr><td><code>context.fetch(&#39;https://graph.microsoft.com/beta/me&#39;)</code></td><td>this URL</td></tr><tr><td><code>context.fetch()</code></td><td>the URL in the option <code>endpoint</code> (<code>IDENTITY_ENDPOINT</code>)</td></tr><tr><td><code>context.api.todos.fetch(&#39;/1&#39;)</code></td><td>the path, appended to the base URL of <code>apis.todos</code></td></tr></tbody></table><p>You pass the other options of the global <code>fetch</code> as the second argument. You get the response of the API with any status.</p><p>The library sends the access token only to its API. You get an error with the code <code>configuration</code> in these cases:</p><ul><li><strong>The URL has another origin.</strong> If the library knows the base URL of the API, it sends the token only to the origin of that base URL.</li><li><strong>The URL does not use https.</strong> You can use http only on localhost.</li><li><strong>The path leaves the base URL</strong>, such as <code>/../admin</code> or <code>//evil.example</code>. Use <code>encodeURIComponent()</code> for each value that you insert into a path.</li><li><strong>The base URL of a path is not known.</strong> Add the API to <code>apis</code>, or pass an absolute URL.</li></ul><p>Azure App Service sets <code>IDENTITY_ENDPOINT</code> for another purpose. <a href="/credentials#managed-identity">Set <code>endpoint</code> in your code</a> there.</p><h2 id="scopes" tabindex="-1">Scopes <a class="header-anchor" href="#scopes" aria-label="Permalink to &quot;Scopes&quot;">​</a></h2><ul><li><strong>One route, one API.</strong> An access token is valid for one API. If you name scopes of two APIs on a route, you get an error when you declare the route.</li><li><strong>Prefixes.</strong> At Microsoft, scopes without a prefix belong to Microsoft Graph. For your own API, write the full scope, such as <code>api://&lt;client ID&gt;/Todos.Read</code>.</li><li><strong>Consent at sign-in.</strong> Scopes in the option <code>scopes</code> of <code>Auth</code> (<code>IDENTITY_SCOPE</code>) are requested when the user signs in. You can list scopes of several APIs, so that your user consents once.</li><li><strong>Empty scopes.</strong> Name at least one scope of an API. Without one, you do not get a token that an API accepts. If your code reads <code>IDENTITY_SCOPE</code>, check that the variable has a value.</li></ul><h2 id="the-context" tabindex="-1">The context <a class="header-anchor" href="#the-context" aria-label="Permalink to &quot;The context&quot;">​</a></h2><p>A route with scopes adds these properties to <code>context</code>:</p><table tabindex="0"><thead><tr><th>property</th><th>meaning</th></tr></thead><tbody><tr><td><code>fetch</code></td><td>calls the API with the token</td></tr><tr><td><code>accessToken</code></td><td>the token, for example for a client library</td></tr><tr><td><code>tokenType</code></td><td>the scheme of the <code>Authorization</code> header, usually <code>Bearer</code></td></tr><tr><td><code>expiresInSeconds</code></td><td>the remaining lifetime of the token</td></tr><tr><td><code>scopes</code></td><td>the granted scopes</td></tr></tbody></table><p>The names in <code>context.scopes</code> do not have a prefix, and the list does not contain OpenID Connect scopes. If you request <code>api://todos/Todos.Read openid</code>, you find <code>Todos.Read</code> in the list. Ignore the case when you compare names, because Entra ID can return another case than you requested.</p><h2 id="outside-a-guarded-handler" tabindex="-1">Outside a guarded handler <a class="header-anchor" href="#outside-a-guarded-handler" aria-label="Permalink to &quot;Outside a guarded handler&quot;">​</a></h2><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">accessToken</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">getTokenForUser</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req, [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Mail.Read&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">])</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> own</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">getTokenForClient</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">([</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://graph.microsoft.com/.default&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">])</span></span></code></pre></div><p><code>getTokenForUser</code> returns a token for the signed-in user. If your user must consent, it throws an <code>IdentityError</code> with the code <code>interaction_required</code>. In a guarded handler, do not catch this error. In a route without a guard, <a href="/consent-and-conditional-access#without-a-guard">start the sign-in yourself</a>.</p><p><code>getTokenForClient</code> returns an app-only token, which belongs to your application and not to a user. The library caches it until shortly before it expires.</p><h2 id="when-a-call-fails" tabindex="-1">When a call fails <a class="header-anchor" href="#when-a-call-fails" aria-label="Permalink to &quot;When a call fails&quot;">​</a></h2><table tabindex="0"><thead><tr><th>problem</th><th>result</th></tr></thead><tbody><tr><td>The API requires a token with other claims.</td><td>The library gets such a token, and repeats the call once. See <a href="/consent-and-conditional-access#claims-challenges">claims challenges</a>.</td></tr><tr><td>The user must consent or authenticate again.</td><td><code>fetch</code> throws <code>interaction_required</code>. Do not catch it, because the guard then sends the user to the provider.</td></tr><tr><td>The provider does not respond.</td><td>You still get a token that has not expired. Otherwise, the response is 503 with <code><span class="word">Retry-After</span></code>. Your users stay signed in.</td></tr><tr><td>The refresh token is not valid anymore.</td><td>The session ends, and your user signs in again.</td></tr></tbody></table><p>For the roles and groups of your users, see <a href="/entra-id#roles-and-groups">Entra ID</a>.</p><h2 id="if-something-goes-wrong" tabindex="-1">If something goes wrong <a class="header-anchor" href="#if-something-goes-wrong" aria-label="Permalink to &quot;If something goes wrong&quot;">​</a></h2><ul><li><strong>&quot;The scopes … belong to several APIs, but an access token is valid for one API.&quot;</strong> Name the scopes of one API on the route. For another API, call <code>context.api</code> or <code>auth.getTokenForUser</code>.</li><li><strong>&quot;context.fetch() did not send the access token to …&quot;</strong> The URL belongs to another API than the scopes of the route. Define this API with its own scopes in <a href="#your-own-apis"><code>apis</code></a>.</li><li><strong>&quot;context.fetch() cannot find the API of the path …&quot;</strong> The library does not know the base URL of this API. Pass an absolute URL, or add the API to <code>apis</code>.</li><li><strong>AADSTS650053 on an error page or in your log.</strong> A scope does not exist at this API. Check its spelling. A scope without a prefix belongs to Microsoft Graph.</li><li><strong>AADSTS65001.</strong> The user or an administrator has not consented. Name the scopes on the route, so that the guard asks for consent, or let an administrator consent.</li><li><strong>AADSTS1002012 from <code>getTokenForClient</code>.</strong> Pass the scope <code>/.default</code> of one API, such as <code>https://graph.microsoft.com/.default</code>.</li><li><strong>&quot;… serves many tenants, but an app-only token belongs to one tenant.&quot;</strong> Your authority is <code>/common</code> or <code>/organizations</code>. Create a second <code>Auth</code> with the URL of the tenant.</li><li><strong>Microsoft Graph returns 403.</strong> The token does not have the scope that this path needs. Read the permissions of the path in the documentation of Microsoft Graph, and name the scope on the route.</li><li><strong>&quot;Tokens were refreshed after the response started, so they could not be stored.&quot;</strong> Get the token before you send the response.</li></ul></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add('call-an-api.md')
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const callAnApi = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, callAnApi as default }
