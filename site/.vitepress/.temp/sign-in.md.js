import { resolveComponent, withCtx, createVNode, createTextVNode, useSSRContext } from 'vue'
import { ssrRenderAttrs, ssrRenderComponent, ssrRenderAttr } from 'vue/server-renderer'
import { _ as _imports_1 } from './demo.hePbGeNq.js'
import { _ as _export_sfc } from './plugin-vue_export-helper.1tPrXgE0.js'
const _imports_0 = '/files/docs/images/sign-in.svg'
const __pageData = JSON.parse(
  '{"title":"Sign users in","description":"","frontmatter":{},"headers":[],"relativePath":"sign-in.md","filePath":"sign-in.md"}',
)
const _sfc_main = { name: 'sign-in.md' }
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  const _component_ChoiceTabs = resolveComponent('ChoiceTabs')
  _push(
    `<div${ssrRenderAttrs(_attrs)}><h1 id="sign-users-in" tabindex="-1">Sign users in <a class="header-anchor" href="#sign-users-in" aria-label="Permalink to &quot;Sign users in&quot;">​</a></h1><p>Your users sign in at the identity provider, and return to your application with a session. This page shows you how to guard routes, how to choose the users who may see them, and how to sign users out. If you are new, do <a href="/tutorial">the tutorial</a> first.</p>`,
  )
  _push(
    ssrRenderComponent(
      _component_ChoiceTabs,
      {
        kind: 'framework',
        names: 'Express|Fastify|Koa|Hono|NestJS|Next.js|Request and Response',
      },
      {
        default: withCtx((_, _push2, _parent2, _scopeId) => {
          if (_push2) {
            _push2(`<div class="option" data-value="express"${_scopeId}><p class="option-name"${_scopeId}>Express</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> express </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;express&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/express&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> express</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app, {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  authority: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;https://login.microsoftonline.com/contoso.onmicrosoft.com&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  clientId: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;11111111-2222-3333-4444-555555555555&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  clientCredential: process.env.</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  redirectUri: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;http://localhost:3000/redirect&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>})</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>((</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>send</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>\`Hello, \${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>name</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}. &lt;a href=&quot;\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>auth</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>logoutPath</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}&quot;&gt;Sign out&lt;/a&gt;\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>listen</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>3000</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="fastify"${_scopeId}><p class="option-name"${_scopeId}>Fastify</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Fastify </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;fastify&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/fastify&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Fastify</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>reply</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    reply.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>type</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;text/html&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    return</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> \`Hello, \${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>name</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}. &lt;a href=&quot;\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>auth</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>logoutPath</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}&quot;&gt;Sign out&lt;/a&gt;\`</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="koa"${_scopeId}><p class="option-name"${_scopeId}>Koa</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Koa </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;koa&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/koa&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Koa</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>((</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>ctx</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    ctx.type </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;html&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    ctx.body </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> \`Hello, \${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>name</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}. &lt;a href=&quot;\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>auth</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>logoutPath</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}&quot;&gt;Sign out&lt;/a&gt;\`</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span></code></pre></div></div><div class="option" data-value="hono"${_scopeId}><p class="option-name"${_scopeId}>Hono</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Hono } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;hono&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/hono&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> app</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Hono</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(app) </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>  &#39;/&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>((</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>c</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    c.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>html</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>\`Hello, \${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>name</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}. &lt;a href=&quot;\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>auth</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>logoutPath</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}&quot;&gt;Sign out&lt;/a&gt;\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  ),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> default</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> app</span></span></code></pre></div></div><div class="option" data-value="nestjs"${_scopeId}><p class="option-name"${_scopeId}>NestJS</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Controller, Get, Module } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;@nestjs/common&#39;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { CurrentUser, IdentityModule, LoginRequired, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>type</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> Claims } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/nestjs&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>@</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>Controller</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> class</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> HomeController</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  @</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>Get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  @</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>LoginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>()</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>  home</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(@</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>CurrentUser</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>() </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> Claims</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    return</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> \`Hello, \${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>name</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}. &lt;a href=&quot;/logout&quot;&gt;Sign out&lt;/a&gt;\`</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  }</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>}</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>@</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>Module</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>  // Reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others.</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  imports: [IdentityModule.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>forRoot</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>({ isGlobal: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}>true</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, auth: {} })],</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  controllers: [HomeController],</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>})</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> class</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> AppModule</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> {}</span></span></code></pre></div></div><div class="option" data-value="next-js"${_scopeId}><p class="option-name"${_scopeId}>Next.js</p><div class="language-tsx vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>tsx</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// app/page.tsx, after the steps of the page Next.js</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;@/auth&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> default</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> auth</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>loginRequired</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>page</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>(({ user }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> (</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>  &lt;</span><span style="--shiki-light:#024C1A;--shiki-dark:#72F088;"${_scopeId}>p</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    Hello, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>{</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user.name</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>}</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>. &lt;</span><span style="--shiki-light:#024C1A;--shiki-dark:#72F088;"${_scopeId}>a</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> href</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>={</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>auth.logoutPath</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>}</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>&gt;Sign out&lt;/</span><span style="--shiki-light:#024C1A;--shiki-dark:#72F088;"${_scopeId}>a</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>  &lt;/</span><span style="--shiki-light:#024C1A;--shiki-dark:#72F088;"${_scopeId}>p</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>))</span></span></code></pre></div></div><div class="option" data-value="request-and-response"${_scopeId}><p class="option-name"${_scopeId}>Request and Response</p><div class="language-ts vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> { Auth } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}> &#39;identity-web/fetch&#39;</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>() </span><span style="--shiki-light:#66707B;--shiki-dark:#BDC4CC;"${_scopeId}>// reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"${_scopeId}> home</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> =</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>  (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>user</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>    new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> Response</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>\`Hello, \${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>user</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>name</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}. &lt;a href=&quot;\${</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>auth</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>.</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>logoutPath</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>}&quot;&gt;Sign out&lt;/a&gt;\`</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>, {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>      headers: { </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;content-type&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>&#39;text/html; charset=utf-8&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> },</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>    }),</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>)</span></span>
<span class="line"${_scopeId}></span>
<span class="line"${_scopeId}><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>export</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}> default</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> {</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>  fetch</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>: (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>request</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> Request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}>respond</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(request, () </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&gt;</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"${_scopeId}> home</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>(request))</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>,</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>}</span></span></code></pre></div></div>`)
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
                              '(app, {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  authority: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'https://login.microsoftonline.com/contoso.onmicrosoft.com'",
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
                              '  clientId: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'11111111-2222-3333-4444-555555555555'",
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
                              '  clientCredential: process.env.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              'IDENTITY_CLIENT_SECRET',
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
                              '  redirectUri: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'http://localhost:3000/redirect'",
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
                              '})',
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
                              "  '/'",
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
                              '((',
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
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    res.',
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
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '`Hello, ${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}. <a href="${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'logoutPath',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}">Sign out</a>`',
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
                              "  '/'",
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
                              '(',
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
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    reply.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'type',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'text/html'",
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
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              ' `Hello, ${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}. <a href="${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'logoutPath',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}">Sign out</a>`',
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
                              '((',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'ctx',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    ctx.type ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'html'",
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
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              ' `Hello, ${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}. <a href="${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'logoutPath',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}">Sign out</a>`',
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
                              "  '/'",
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
                              '((',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'c',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    c.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'html',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '`Hello, ${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}. <a href="${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'logoutPath',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}">Sign out</a>`',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '),',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  ),',
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
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' default',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' app',
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
                  'data-value': 'nestjs',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'NestJS'),
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
                              ' { Controller, Get, Module } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " '@nestjs/common'",
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
                              ' { CurrentUser, IdentityModule, LoginRequired, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'type',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' Claims } ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'from',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              " 'identity-web/nestjs'",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '@',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'Controller',
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
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' class',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' HomeController',
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  @',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'Get',
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
                              '  @',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'LoginRequired',
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
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              '  home',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(@',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'CurrentUser',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '() ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ':',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' Claims',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') {',
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
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              ' `Hello, ${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}. <a href="/logout">Sign out</a>`',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  }',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '}',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '@',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'Module',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#66707B', '--shiki-dark': '#BDC4CC' } },
                              '  // Reads IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID and the others.',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  imports: [IdentityModule.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'forRoot',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '({ isGlobal: ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              'true',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', auth: {} })],',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  controllers: [HomeController],',
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
                              ' class',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' AppModule',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' {}',
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
                              '// app/page.tsx, after the steps of the page Next.js',
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
                              ' default',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'loginRequired',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'page',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '(({ user }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' (',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '  <',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#024C1A', '--shiki-dark': '#72F088' } },
                              'p',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    Hello, ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '{',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user.name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '}',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '. <',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#024C1A', '--shiki-dark': '#72F088' } },
                              'a',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' href',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '={',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'auth.logoutPath',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '}',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '>Sign out</',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#024C1A', '--shiki-dark': '#72F088' } },
                              'a',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '  </',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#024C1A', '--shiki-dark': '#72F088' } },
                              'p',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '))',
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
                              '() ',
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
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'const',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#023B95', '--shiki-dark': '#91CBFF' } },
                              ' home',
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
                              '(',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '  (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' }) ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '    new',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' Response',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '`Hello, ${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'user',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'name',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}. <a href="${',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'auth',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'logoutPath',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              '}">Sign out</a>`',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ', {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '      headers: { ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'content-type'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ': ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              "'text/html; charset=utf-8'",
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ' },',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '    }),',
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
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              'export',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ' default',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' {',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              '  fetch',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ': (',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'request',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              ':',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' Request',
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
                              ' auth.',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              'respond',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(request, () ',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=>',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#622CBC', '--shiki-dark': '#DBB7FF' } },
                              ' home',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              '(request))',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ',',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              '}',
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
  _push(
    `<p>This is what happens between the browser, your application and the provider:</p><p><img${ssrRenderAttr('src', _imports_0)} alt="Sign-in: your application redirects the browser to the provider with a state, a nonce and a PKCE challenge. The provider redirects back with a code. Your application exchanges the code for tokens, verifies the ID token, and stores the session."></p><p>Options that you do not set come from environment variables, for example from a file <code>.env</code>:</p>`,
  )
  _push(
    ssrRenderComponent(
      _component_ChoiceTabs,
      {
        kind: 'tenant',
        names: 'Entra ID|External ID|Azure AD B2C|AD FS|OpenID Connect',
      },
      {
        default: withCtx((_, _push2, _parent2, _scopeId) => {
          if (_push2) {
            _push2(`<div class="option" data-value="entra-id"${_scopeId}><p class="option-name"${_scopeId}>Entra ID</p><div class="language-sh vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_AUTHORITY</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>https://login.microsoftonline.com/</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>tenant</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>Application</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> (client</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>the</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> secret</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&#39;s value&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_REDIRECT_URI=http://localhost:3000/redirect</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_SESSION_SECRET=&lt;the output of openssl rand -base64 32&gt;</span></span></code></pre></div></div><div class="option" data-value="external-id"${_scopeId}><p class="option-name"${_scopeId}>External ID</p><div class="language-sh vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_AUTHORITY</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>https://contoso.ciamlogin.com</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>Application</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> (client</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>the</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> secret</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&#39;s value&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_REDIRECT_URI=http://localhost:3000/redirect</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_SESSION_SECRET=&lt;the output of openssl rand -base64 32&gt;</span></span></code></pre></div></div><div class="option" data-value="azure-ad-b2c"${_scopeId}><p class="option-name"${_scopeId}>Azure AD B2C</p><div class="language-sh vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_B2C_TENANT_NAME</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>fabrikam</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>B2C_1_susi</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>Application</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> (client</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>the</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> secret</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&#39;s value&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_REDIRECT_URI=http://localhost:3000/redirect</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_SESSION_SECRET=&lt;the output of openssl rand -base64 32&gt;</span></span></code></pre></div></div><div class="option" data-value="ad-fs"${_scopeId}><p class="option-name"${_scopeId}>AD FS</p><div class="language-sh vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_AUTHORITY</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>https://fs.contoso.com/adfs</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>Application</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> (client</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>the</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> secret</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&#39;s value&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_REDIRECT_URI=http://localhost:3000/redirect</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_SESSION_SECRET=&lt;the output of openssl rand -base64 32&gt;</span></span></code></pre></div></div><div class="option" data-value="openid-connect"${_scopeId}><p class="option-name"${_scopeId}>OpenID Connect</p><div class="language-sh vp-adaptive-theme"${_scopeId}><button title="Copy Code" class="copy"${_scopeId}></button><span class="lang"${_scopeId}>sh</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"${_scopeId}><code${_scopeId}><span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_OIDC_AUTHORITY</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>https://accounts.example.com</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>Application</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> (client</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>) ID</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"${_scopeId}>IDENTITY_CLIENT_SECRET</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"${_scopeId}>=&lt;</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"${_scopeId}>the</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}> secret</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>&#39;s value&gt;</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_REDIRECT_URI=http://localhost:3000/redirect</span></span>
<span class="line"${_scopeId}><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"${_scopeId}>IDENTITY_SESSION_SECRET=&lt;the output of openssl rand -base64 32&gt;</span></span></code></pre></div></div>`)
          } else {
            return [
              createVNode(
                'div',
                {
                  class: 'option',
                  'data-value': 'entra-id',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Entra ID'),
                  createVNode('div', { class: 'language-sh vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'sh'),
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_AUTHORITY',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'https://login.microsoftonline.com/',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'tenant',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'Application',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' (client',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_SECRET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'the',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' secret',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              "'s value>",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_REDIRECT_URI=http://localhost:3000/redirect',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_SESSION_SECRET=<the output of openssl rand -base64 32>',
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
                  'data-value': 'external-id',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'External ID'),
                  createVNode('div', { class: 'language-sh vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'sh'),
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_AUTHORITY',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'https://contoso.ciamlogin.com',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'Application',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' (client',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_SECRET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'the',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' secret',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              "'s value>",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_REDIRECT_URI=http://localhost:3000/redirect',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_SESSION_SECRET=<the output of openssl rand -base64 32>',
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
                  'data-value': 'azure-ad-b2c',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'Azure AD B2C'),
                  createVNode('div', { class: 'language-sh vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'sh'),
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_B2C_TENANT_NAME',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'fabrikam',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_B2C_SIGN_UP_SIGN_IN_USER_FLOW',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'B2C_1_susi',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'Application',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' (client',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_SECRET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'the',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' secret',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              "'s value>",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_REDIRECT_URI=http://localhost:3000/redirect',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_SESSION_SECRET=<the output of openssl rand -base64 32>',
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
                  'data-value': 'ad-fs',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'AD FS'),
                  createVNode('div', { class: 'language-sh vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'sh'),
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_AUTHORITY',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'https://fs.contoso.com/adfs',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'Application',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' (client',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_SECRET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'the',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' secret',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              "'s value>",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_REDIRECT_URI=http://localhost:3000/redirect',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_SESSION_SECRET=<the output of openssl rand -base64 32>',
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
                  'data-value': 'openid-connect',
                },
                [
                  createVNode('p', { class: 'option-name' }, 'OpenID Connect'),
                  createVNode('div', { class: 'language-sh vp-adaptive-theme' }, [
                    createVNode('button', {
                      title: 'Copy Code',
                      class: 'copy',
                    }),
                    createVNode('span', { class: 'lang' }, 'sh'),
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
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_OIDC_AUTHORITY',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'https://accounts.example.com',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'Application',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' (client',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              ') ID',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '>',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#0E1116', '--shiki-dark': '#F0F3F6' } },
                              'IDENTITY_CLIENT_SECRET',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#A0111F', '--shiki-dark': '#FF9492' } },
                              '=<',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#032563', '--shiki-dark': '#ADDCFF' } },
                              'the',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              ' secret',
                            ),
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              "'s value>",
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_REDIRECT_URI=http://localhost:3000/redirect',
                            ),
                          ]),
                          createTextVNode('\n'),
                          createVNode('span', { class: 'line' }, [
                            createVNode(
                              'span',
                              { style: { '--shiki-light': '#702C00', '--shiki-dark': '#FFB757' } },
                              'IDENTITY_SESSION_SECRET=<the output of openssl rand -base64 32>',
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
  _push(`<p>Save the variables to <code>.env</code>, and start your application, for example with <code>node <span class="word">--env-file=.env</span> app.js</code>. Open <a href="http://localhost:3000" target="_blank" rel="noreferrer">http://localhost:3000</a>. You sign in at the provider, and then see your name.</p><p><a href="/guides#providers">The page of your provider</a> shows you how to register the application. The other examples on this page use Express, and <a href="/guides#frameworks">the page of your framework</a> shows the differences. To create <code>Auth</code> before your application, call <code>new Auth(options)</code>, and later <code>auth.initApp(app)</code>.</p><p>The <a href="/examples/express">demo</a> has such a page. It shows the claims of the user:</p><p><img${ssrRenderAttr('src', _imports_1)} alt="The page of the demo greets Alex Rivera, who is signed in. It has the buttons &quot;Call an API&quot; and &quot;Sign out&quot;, a list of things to try next, and a table with the claims of the user."></p><h2 id="routes" tabindex="-1">Routes <a class="header-anchor" href="#routes" aria-label="Permalink to &quot;Routes&quot;">​</a></h2><p><code>new Auth(app)</code> adds the routes for sign-in and sign-out. They are in the same directory as <code>redirectUri</code>:</p><table tabindex="0"><thead><tr><th>route</th><th>path for <code>https://example.com/x/y/redirect</code></th><th>property</th></tr></thead><tbody><tr><td>the callback, to which the provider returns users</td><td><code>/x/y/redirect</code></td><td><code>auth.redirectUriPath</code></td></tr><tr><td>login</td><td><code>/x/y/login</code></td><td><code>auth.loginPath</code></td></tr><tr><td>logout</td><td><code>/x/y/logout</code></td><td><code>auth.logoutPath</code></td></tr><tr><td><a href="#front-channel-sign-out">front-channel sign-out</a></td><td><code><span class="word">/x/y/front-channel-logout</span></code></td><td><code>auth.frontChannelLogoutPath</code></td></tr><tr><td><a href="/sessions#end-sessions-from-outside">back-channel logout</a></td><td><code><span class="word">/x/y/back-channel-logout</span></code></td><td><code>auth.backChannelLogoutPath</code></td></tr></tbody></table><p>Use the properties in your links, for example <code>auth.loginPath + &#39;?return_to=/orders&#39;</code>.</p><p>The library takes the origin of your application only from <code>redirectUri</code>, because clients can send any <code>Host</code> and <code><span class="word">X-Forwarded-*</span></code> header. Behind a reverse proxy, set the URL that browsers use. For deployments whose URL changes, see <a href="/preview-deployments">Preview deployments</a>.</p><p>If you set <code>routes: false</code>, the library does not add these routes. Call these methods in your own routes instead:</p><ul><li><code>auth.completeLogin(req, res)</code> for the callback</li><li><code>auth.login(req, res, { returnTo })</code>. The <a href="/device-code">device code flow</a> requires it at <code>auth.loginPath</code>, for <code>GET</code> and <code>POST</code>.</li><li><code>auth.logout(req, res)</code></li><li><code>auth.frontChannelLogout(req, res)</code> and <code>auth.backChannelLogout(req, res)</code>, if your provider uses them</li></ul><h3 id="links-with-parameters" tabindex="-1">Links with parameters <a class="header-anchor" href="#links-with-parameters" aria-label="Permalink to &quot;Links with parameters&quot;">​</a></h3><p>A link to the login route can contain these parameters:</p><table tabindex="0"><thead><tr><th>parameter</th><th>effect</th></tr></thead><tbody><tr><td><code>return_to=/orders</code></td><td>the page after the sign-in, a path of your origin</td></tr><tr><td><code>prompt=select_account</code> (<code>login</code>, <code>create</code>, <code>consent</code>)</td><td>the page that the provider shows, for example the account picker</td></tr><tr><td><code>login_hint=ann@contoso.com</code></td><td>the name of the user</td></tr><tr><td><code>domain_hint=contoso.com</code></td><td>the organization of the user. The library ignores it if you set <code>tenants</code> to a list</td></tr></tbody></table><p>The library ignores other values and logs the names of their parameters at the level <code>info</code>. <code>prompt=none</code> is not allowed, because a link on another site must not sign your users in without a page.</p><p>A portal of your provider can also send users to this route. It adds the parameter <code>iss</code>. See <a href="/openid-connect#start-a-sign-in-at-the-provider">Start a sign-in at the provider</a>.</p><h3 id="below-a-path" tabindex="-1">Below a path <a class="header-anchor" href="#below-a-path" aria-label="Permalink to &quot;Below a path&quot;">​</a></h3><p>After sign-in and sign-out, and from error pages, users return to your home page. You set its path with <code>homePath</code>. The default is <code>basePath</code> and a slash.</p><table tabindex="0"><thead><tr><th>your application</th><th>you set</th></tr></thead><tbody><tr><td>mounted by Express, Koa, Fastify or Hono, or with a NestJS global prefix</td><td>only <code>redirectUri</code>, with the whole path</td></tr><tr><td>Next.js with <code>basePath</code></td><td>only <code>redirectUri</code>, with the whole path</td></tr><tr><td>behind a proxy that removes a path from requests</td><td><code>basePath</code>, for example <code>&#39;/expenses&#39;</code></td></tr><tr><td>with routes that contain the whole path</td><td><code>basePath</code>, for example <code>&#39;/expenses&#39;</code></td></tr><tr><td>at the root, with <code>redirectUri</code> in a directory</td><td><code>basePath: &#39;&#39;</code></td></tr><tr><td>behind another server that handles <code>/</code>, such as Vite</td><td><code>homePath: &#39;/&#39;</code></td></tr></tbody></table><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  redirectUri: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://example.com/expenses/redirect&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  basePath: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/expenses&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p>If <code>redirectUri</code> contains a directory and you do not set <code>basePath</code> or <code>homePath</code>, the library logs both names at the first request in development.</p><h3 id="start-a-sign-in-from-your-own-code" tabindex="-1">Start a sign-in from your own code <a class="header-anchor" href="#start-a-sign-in-from-your-own-code" aria-label="Permalink to &quot;Start a sign-in from your own code&quot;">​</a></h3><p>To send the user to the provider, call <code>auth.login</code>. You can pass <a href="#parameters-of-the-sign-in">parameters</a> for this sign-in:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/join&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">login</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req, res, { prompt: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;create&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, returnTo: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/welcome&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }))</span></span></code></pre></div><p>A script or a prefetch that requests this route gets status 401 and the <code>loginUrl</code>, as at <a href="#guards">a guarded route</a>.</p><p><code>auth.startLogin(req)</code> starts a sign-in, and returns its data to you. Use it for your own page, or for a script that shows its own user interface. The library adds a cookie to your response, and the same browser must then sign in.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">post</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/api/login&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> login</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">startLogin</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req, { returnTo: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/orders&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    login.flow </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">===</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;code&#39;</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">      ?</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { url: login.url }</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">      :</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { code: login.userCode, at: login.verificationUri },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  )</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p>In the browser, set <code>location.href</code> to <code>url</code>. The provider sends the browser to the callback, which redirects to <code>returnTo</code>. With <code>flow: <span class="word">&#39;device-code&#39;</span></code>, show <code>userCode</code> and <code>verificationUri</code>. Then post <code>device</code> to <code>pollUrl</code> until the JSON response contains <code>status: &#39;done&#39;</code>.</p><h2 id="guards" tabindex="-1">Guards <a class="header-anchor" href="#guards" aria-label="Permalink to &quot;Guards&quot;">​</a></h2><table tabindex="0"><thead><tr><th>you call</th><th>for</th></tr></thead><tbody><tr><td><code>auth.loginRequired(handler)</code></td><td>a route. Your handler gets <code>(req, res, context)</code></td></tr><tr><td><code>auth.loginRequired({ roles, groups, claims }, …)</code></td><td>a route for <a href="#require-roles-groups-or-claims">some of your users</a></td></tr><tr><td><code>auth.loginRequired({ scopes }, handler)</code></td><td>a route that <a href="/call-an-api">calls an API</a></td></tr><tr><td><code>auth.loginRequired({ acrs, maxAgeSeconds }, handler)</code></td><td>a route that needs a <a href="/consent-and-conditional-access">step-up</a></td></tr><tr><td><code>app.use(&#39;/admin&#39;, auth.loginRequired())</code></td><td>all routes below a path. <a href="#the-context-elsewhere">The context</a> is on <code>req.identity</code></td></tr><tr><td><code>loginRequired(handler)</code> from <code><span class="word">identity-web/express</span></code></td><td>a router in another file, which does not have your <code>Auth</code></td></tr><tr><td><code>await auth.getUser(req)</code></td><td>a page that visitors see without a sign-in. You get the user, or <code>undefined</code></td></tr><tr><td><code>await auth.getContext(req)</code></td><td>the same page, if you need the whole context</td></tr></tbody></table><p>The response to a request without a session depends on the request:</p><ul><li><strong>A page</strong> is redirected to the provider. After the sign-in, your user returns to it.</li><li><strong>A script</strong> that uses <code>fetch</code> or XHR gets status 401 and <code>{ &quot;error&quot;: &quot;login_required&quot;, &quot;loginUrl&quot;: &quot;…&quot; }</code>, because it cannot follow a redirect to another site. Send the browser to <code>loginUrl</code>.</li><li><strong>A prefetch</strong> gets the same response as a script and does not start a sign-in.</li></ul><p>After a sign-in at <code>loginUrl</code>, your user returns to the page of the script. The library reads its URL from the <code>Referer</code> header. If your pages have <code><span class="word">Referrer-Policy:</span> <span class="word">no-referrer</span></code>, which is the default of helmet, browsers do not send this header. Then add the page yourself:</p><div class="language-js vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">js</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">loginUrl</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> response.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">()</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> url</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> URL</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(loginUrl, location.href)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">url.searchParams.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">set</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;return_to&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, location.pathname </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">+</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> location.search)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">location.href </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> url.href</span></span></code></pre></div><p>To choose the response for one route, set the option <code>challenge</code> of its guard to <code>&#39;redirect&#39;</code> or <code>&#39;unauthorized&#39;</code>.</p><p>If a page of another origin sends a <code>POST</code> or another writing request, the guard rejects it. Read <a href="/sessions#cross-site-requests">Cross-site requests</a>.</p><h3 id="require-roles-groups-or-claims" tabindex="-1">Require roles, groups or claims <a class="header-anchor" href="#require-roles-groups-or-claims" aria-label="Permalink to &quot;Require roles, groups or claims&quot;">​</a></h3><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/admin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ roles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Admin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }, showAdmin))</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/staff&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ groups: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;5f1a3b2c-0000-4000-8000-0000000000aa&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] }, showStaff),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/hr&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ claims: { department: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;HR&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } }, showHr))</span></span></code></pre></div><table tabindex="0"><thead><tr><th>option</th><th>requires</th></tr></thead><tbody><tr><td><code>roles</code></td><td>app roles of the user. A list means one of them, and <code>{ allOf: [...] }</code> means all of them.</td></tr><tr><td><code>groups</code></td><td>groups of the user: at Entra ID, object IDs. A list means one of them, <code>{ allOf: [...] }</code> all of them.</td></tr><tr><td><code>claims</code></td><td>claims of the ID token: an object that is compared with <code>===</code>, or a function that must return <code>true</code>.</td></tr></tbody></table><p>A signed-in user who is not allowed gets a page with the status 403. It links to your home page and to a sign-in with another account. A script gets <code>{ &quot;error&quot;: &quot;access_denied&quot; }</code> with the status 403. The guard does not send this user to the provider, because another sign-in would not help.</p><p>An option that is present must have a value. For <code>roles: []</code> or an unset variable, you get an error when you declare the route.</p><p>To decide in your handler, throw <code>AccessDenied</code>. The page shows your message, escaped. With <code>page</code>, you can pass your own HTML instead.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { AccessDenied } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web/express&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">get</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/invoices/:id&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">async</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, { </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">claims</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> invoice</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> await</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> findInvoice</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req.params.id)</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">    if</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> (invoice.owner </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">!==</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> claims.oid)</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">      throw</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> AccessDenied</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ message: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;This invoice belongs to another customer.&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> })</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(invoice)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><h3 id="sessions-and-access-tokens" tabindex="-1">Sessions and access tokens <a class="header-anchor" href="#sessions-and-access-tokens" aria-label="Permalink to &quot;Sessions and access tokens&quot;">​</a></h3><p>If pages and API clients call the same route, use <code>auth.orBearer(api)</code>. It accepts a session or an access token:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">post</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span></span>
<span class="line"><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">  &#39;/todos&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  auth</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    .</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">orBearer</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(api)</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">    .</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">required</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">({ roles: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Editor&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">], authorization: { scopes: [</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Todos.Write&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">] } }, create),</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span></span></code></pre></div><table tabindex="0"><thead><tr><th>you set it in</th><th>options</th><th>for</th></tr></thead><tbody><tr><td>the requirement</td><td><code>roles</code>, <code>groups</code>, <code>claims</code> and <code>acrs</code></td><td>every user</td></tr><tr><td>its <code>login</code></td><td><code>scopes</code> of the handler&#39;s access token, <code>maxAgeSeconds</code>, <code>challenge</code> and <code>csrf</code></td><td>users with a session</td></tr><tr><td>its <code>authorization</code></td><td><code>scopes</code> of your API, and <code>appPermissions</code></td><td>requests with a token</td></tr></tbody></table><p>You cannot set <code>roles</code>, <code>groups</code>, <code>claims</code> or <code>acrs</code> only for sessions or only for tokens. A token of an application must satisfy <code>claims</code>. A request with <code>Authorization: Bearer …</code> is authenticated only by its token. In the handler, <code>context.kind</code> is <code>&#39;session&#39;</code> or <code>&#39;bearer&#39;</code>.</p><h2 id="your-own-user-record" tabindex="-1">Your own user record <a class="header-anchor" href="#your-own-user-record" aria-label="Permalink to &quot;Your own user record&quot;">​</a></h2><p>Set <code>onLogin</code> to load the user of your application from your database, to reject users, and to type <code>context.user</code>. See <a href="/users">Your own user record</a>. Without it, <code>context.user</code> contains the claims of the ID token.</p><h2 id="the-context-elsewhere" tabindex="-1">The context elsewhere <a class="header-anchor" href="#the-context-elsewhere" aria-label="Permalink to &quot;The context elsewhere&quot;">​</a></h2><p>Handlers receive the context as an argument. In other functions, call <code>auth.contextOf(req)</code>. It returns the context that a guard of this <code>auth</code> stored on the request. You do not need <code>await</code>. The user has the type that <code>onLogin</code> returns.</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">import</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> type</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> { Request } </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">from</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;express&#39;</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, { </span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">onLogin</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">: (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">claims</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> ({ id: claims.sub, admin: </span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;">false</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> }) })</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">app.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">use</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/admin&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">loginRequired</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(), (</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, </span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">res</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">) </span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">=&gt;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> res.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">json</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">isAdmin</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req)))</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">function</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> isAdmin</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">req</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> Request</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">)</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> boolean</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  return</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> auth.</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;">contextOf</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(req).user.admin</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span></code></pre></div><table tabindex="0"><thead><tr><th>you need the context</th><th>call</th><th>result without a user</th></tr></thead><tbody><tr><td>in a handler</td><td>the argument <code>context</code></td><td>the guard redirects</td></tr><tr><td>in a function that a guarded handler calls</td><td><code>auth.contextOf(req)</code></td><td>throws a configuration error</td></tr><tr><td>on a page that unauthenticated visitors also see</td><td><code>await auth.getContext(req)</code>, <code>await auth.getUser(req)</code></td><td><code>undefined</code></td></tr><tr><td>in code that runs on all routes, such as a log</td><td><code>req.identity</code>, which a guard as middleware sets</td><td><code>undefined</code></td></tr></tbody></table><p>Pass the object that your framework passes to handlers. It is <code>req</code> in Express and NestJS, <code>ctx</code> in Koa, and <code>c</code> in Hono. In Fastify, Next.js and <code><span class="word">identity-web/fetch</span></code>, it is <code>request</code>. A copy, such as <code>new Request(request)</code>, does not have the context. Pages and server actions of Next.js have no request. Use the first argument of their guard.</p><p><code>kind</code> is <code>&#39;session&#39;</code> in the context of a signed-in user, and <code>&#39;bearer&#39;</code> in that of a caller of <a href="/protect-an-api">an API</a>.</p><p>TypeScript cannot infer the result of <code>onLogin</code> in three places: <code>req.identity</code>, the stand-alone <code>loginRequired</code>, and an <code>Auth</code> that NestJS injects. The user has the type <code>unknown</code> there. Declare it once:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">interface</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> AppUser</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  readonly</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> id</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> string</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  readonly</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> admin</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> boolean</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span>
<span class="line"></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">declare</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> module</span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;"> &#39;identity-web&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">  interface</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> Register</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> {</span></span>
<span class="line"><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;">    user</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">:</span><span style="--shiki-light:#702C00;--shiki-dark:#FFB757;"> AppUser</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  }</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">}</span></span></code></pre></div><p>If you do not use <code>onLogin</code>, declare <code>user: Claims</code>. <code>Register</code> has no effect on the types that TypeScript can infer.</p><h2 id="who-may-sign-in" tabindex="-1">Who may sign in? <a class="header-anchor" href="#who-may-sign-in" aria-label="Permalink to &quot;Who may sign in?&quot;">​</a></h2><p>At Entra ID, your choice of <code>authority</code> decides which accounts can sign in. To allow only some tenants, set <code>tenants: [&#39;&lt;tenant ID&gt;&#39;, …]</code>. <a href="/entra-id#who-may-sign-in">Entra ID</a> lists the values of both options. To check each user yourself, <a href="/users#reject-users">throw <code>AccessDenied</code> in <code>onLogin</code></a>.</p><p>For other providers, read <a href="/guides#providers">the page of your provider</a>. <a href="/credentials">Credentials</a> shows how your application authenticates at the provider.</p><h2 id="when-the-provider-returns-an-error" tabindex="-1">When the provider returns an error <a class="header-anchor" href="#when-the-provider-returns-an-error" aria-label="Permalink to &quot;When the provider returns an error&quot;">​</a></h2><p>Sometimes the provider redirects your user back with an error. The library tries again if that can help, but only once:</p><table tabindex="0"><thead><tr><th>error of the provider</th><th>the library</th></tr></thead><tbody><tr><td><code>login_required</code>, <code>interaction_required</code>, <code>account_selection_required</code></td><td>starts the sign-in again, without <code>prompt=none</code>. It adds the <code>claims</code> that the provider requires.</td></tr><tr><td><code>consent_required</code></td><td>starts the sign-in again with <code>prompt=consent</code></td></tr><tr><td><code>invalid_grant</code> for the code, for example for a code that was used before</td><td>starts the sign-in again</td></tr><tr><td>one of these errors, directly after such a second attempt</td><td>shows a page with <strong>Try again</strong></td></tr><tr><td><code>access_denied</code>, or a user whom <code>tenants</code> does not allow</td><td>shows a page with <strong>Try again</strong>. At Entra ID and External ID, this link opens the account picker.</td></tr><tr><td>a link on the pages of Azure AD B2C</td><td>opens <a href="/azure-ad-b2c#forgotten-passwords-and-cancel">the user flow of the link, or your home page</a></td></tr><tr><td>another error</td><td>shows a page with <strong>Try again</strong>. Your log contains the reason.</td></tr><tr><td>any error of a sign-in with <code>onlySilent: true</code></td><td>returns to your application <a href="/openid-connect#sign-in-without-a-page">with <code>login_error</code></a></td></tr></tbody></table><p>The library also starts the sign-in again if the browser does not send the cookie of the sign-in. After the second time, your user sees a page that asks them to allow cookies.</p><h2 id="parameters-of-the-sign-in" tabindex="-1">Parameters of the sign-in <a class="header-anchor" href="#parameters-of-the-sign-in" aria-label="Permalink to &quot;Parameters of the sign-in&quot;">​</a></h2><p>You can set these parameters as options of <code>Auth</code>, for every sign-in. You can also pass them to <code>auth.login(req, res, { … })</code> for one sign-in.</p><table tabindex="0"><thead><tr><th>parameter</th><th>effect</th></tr></thead><tbody><tr><td><code>prompt</code></td><td>the page that the provider shows, such as <code>&#39;select_account&#39;</code> or <code>&#39;create&#39;</code></td></tr><tr><td><code>loginHint</code></td><td>the user&#39;s name, so that they do not have to type it</td></tr><tr><td><code>domainHint</code></td><td>the user&#39;s organization, so that the provider does not ask for it</td></tr><tr><td><code>maxAgeSeconds</code></td><td>the user must have authenticated within this time. The library checks it when the user returns.</td></tr><tr><td><code>claimsRequest</code></td><td>claims that the provider must include</td></tr><tr><td><code>extraParams</code></td><td>other parameters of the authorization request, such as <code>{ ui_locales: &#39;de&#39; }</code></td></tr></tbody></table><p>The option <code>responseMode: &#39;form_post&#39;</code> keeps the authorization code out of URLs. It needs https or localhost.</p><h2 id="sign-out" tabindex="-1">Sign-out <a class="header-anchor" href="#sign-out" aria-label="Permalink to &quot;Sign-out&quot;">​</a></h2><p>Link to <code>auth.logoutPath</code>. Your user is signed out of your application and at the provider. Then the provider returns your user to <code>postLogoutRedirectUri</code>, which is your home page by default.</p><ul><li>Register <code>postLogoutRedirectUri</code> at the provider as a redirect URI.</li><li>Choose a page without a guard. Otherwise, a guard sends your users to the sign-in again.</li><li>If another site links to <code>auth.logoutPath</code>, a page asks the user first.</li></ul><p>At Entra ID and External ID, add the optional claim <code>login_hint</code> to the ID token of your registration. The library then sends it as <code>logout_hint</code>, and your users do not have to choose an account. To other providers, the library sends the ID token as <code>id_token_hint</code>. It keeps the ID token in the session for this.</p><p><code>onLogout(user)</code> runs before the session is deleted. If it throws an error, the library logs the error and still signs the user out.</p><p>If <code>postLogoutRedirectUri</code> is a page below <code>basePath</code>, the library also sends a <code>state</code>. When the user returns, the library checks the <code>state</code> and removes it from the URL. If the <code>state</code> is not valid, the user sees an error page. The library does not send a <code>state</code> with <code>routes: false</code>, or if you pass a URL to <code>auth.logout(req, res, url)</code>.</p><h3 id="front-channel-sign-out" tabindex="-1">Front-channel sign-out <a class="header-anchor" href="#front-channel-sign-out" aria-label="Permalink to &quot;Front-channel sign-out&quot;">​</a></h3><p>When your user signs out of another application, Entra ID can sign the user out of yours too. It loads a URL of each application in a hidden iframe. To use this:</p><ol><li>In the app registration, under <strong>Authentication</strong>, set <strong>Front-channel logout URL</strong> to the URL of <code>auth.frontChannelLogoutPath</code>, for example <code>https://example.com/front-channel-logout</code>.</li><li>Add the optional claim <code>sid</code> to the ID token.</li><li>Set a <a href="/sessions#in-a-store">store</a> or a <a href="/sessions#deny-list">deny-list</a>. The library then ends all sessions with this <code>sid</code>.</li></ol><p>Without a store or a deny-list, the library can end a session only if the browser sends its cookie. Browsers send a cookie in an iframe of another site only with this setting, which needs https:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, {</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  redirectUri: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;https://example.com/redirect&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">,</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">  session: { cookie: { sameSite: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;none&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } },</span></span>
<span class="line"><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">})</span></span></code></pre></div><p>This setting has two disadvantages:</p><ul><li>Safari, Firefox and private windows block cookies of other sites. There, the session continues until it expires.</li><li>Browsers also send the cookie with forms of other sites. Only the <a href="/sessions#cross-site-requests">cross-site check</a> of the guards rejects these forms.</li></ul><p>A short <code>session.idleTimeoutSeconds</code> is often the better choice. <code>onLogout</code> runs only if the browser sends the cookie.</p><h2 id="pages" tabindex="-1">Pages <a class="header-anchor" href="#pages" aria-label="Permalink to &quot;Pages&quot;">​</a></h2><p>The library shows pages for errors, for missing permissions and after a sign-out. They have the name and the logo of your application, and the language of your user:</p><div class="language-ts vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki shiki-themes github-light-high-contrast github-dark-high-contrast vp-code" tabindex="0"><code><span class="line"><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;">const</span><span style="--shiki-light:#023B95;--shiki-dark:#91CBFF;"> auth</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> =</span><span style="--shiki-light:#A0111F;--shiki-dark:#FF9492;"> new</span><span style="--shiki-light:#622CBC;--shiki-dark:#DBB7FF;"> Auth</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">(app, { appName: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;Contoso Expenses&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;">, logo: { url: </span><span style="--shiki-light:#032563;--shiki-dark:#ADDCFF;">&#39;/logo.svg&#39;</span><span style="--shiki-light:#0E1116;--shiki-dark:#F0F3F6;"> } })</span></span></code></pre></div><p><a href="/pages">Customize the pages and languages</a> shows you how to change the texts, add languages and replace the pages with your own HTML.</p><h2 id="if-something-goes-wrong" tabindex="-1">If something goes wrong <a class="header-anchor" href="#if-something-goes-wrong" aria-label="Permalink to &quot;If something goes wrong&quot;">​</a></h2><p>In development, the error page shows the message, and a hint. In production, you find both in your log.</p><ul><li><strong>A page with the title &quot;Almost done: configure sign-in&quot;.</strong> An option is missing or wrong. Set the option or the variable that the page names.</li><li><strong>AADSTS50011 on the page of the provider.</strong> The redirect URI is not registered. Add the exact value of <code>redirectUri</code> to the registration.</li><li><strong>AADSTS7000215 after the sign-in.</strong> The client secret is wrong. Copy the <em>value</em> of the secret, and not its ID.</li><li><strong>&quot;The browser did not send the cookie of this sign-in, even after a second attempt.&quot;</strong> The browser blocks cookies, or you opened the application at another host than that of <code>redirectUri</code>. Open it at the origin of <code>redirectUri</code>.</li><li><strong>&quot;The state of the authorization response was not created by this application …&quot;</strong> Your servers have different session secrets, client IDs or providers. Give all servers the same settings.</li><li><strong>404 at the callback.</strong> Your application is mounted below a path, or you set <code>routes: false</code>. See <a href="#below-a-path">Below a path</a> and <a href="#routes">Routes</a>.</li><li><strong>&quot;This Auth has no application&quot;.</strong> You called <code>new Auth(options)</code> without an application. Call <code>auth.initApp(app)</code>.</li><li><strong>A script gets 401 with <code>login_required</code>.</strong> A script cannot follow a redirect to another site. Send the browser to <a href="#guards"><code>loginUrl</code></a>.</li><li><strong>After a sign-in that a script started, users are on the home page.</strong> Your pages have <code><span class="word">Referrer-Policy:</span> <span class="word">no-referrer</span></code>. Add <a href="#guards"><code>return_to</code></a>.</li><li><strong>After the sign-out, users see the sign-in page.</strong> <code>postLogoutRedirectUri</code> is a guarded page. Choose <a href="#sign-out">a page without a guard</a>.</li><li><strong>After the sign-out, users stay on a page of the provider.</strong> <code>postLogoutRedirectUri</code> is not registered. Register it as a redirect URI.</li><li><strong>The provider asks which account to sign out.</strong> The ID token does not contain <code>login_hint</code>. Add <a href="#sign-out">the optional claim</a>.</li><li><strong>403 with &quot;The user does not have the role …&quot;</strong> The token does not contain the role. <a href="/entra-id#roles-and-groups">Assign the role</a>, and sign in again.</li></ul><p><a href="/microsoft-errors">Microsoft&#39;s error codes</a> explains the other codes of Microsoft. If your users lose their sessions, see <a href="/sessions#if-something-goes-wrong">Sessions</a>.</p></div>`)
}
const _sfc_setup = _sfc_main.setup
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext()
  ;(ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add('sign-in.md')
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0
}
const signIn = /* @__PURE__ */ _export_sfc(_sfc_main, [['ssrRender', _sfc_ssrRender]])
export { __pageData, signIn as default }
