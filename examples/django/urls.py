"""The addresses of the site."""

from django.contrib import admin
from django.urls import path

from examples.django import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.work),
    path("sign-in", views.sign_in),
    path("sign-out", views.sign_out),
    path("cases", views.find),
    path("cases/<str:case>", views.follow),
    path("cases/<str:case>/<str:name>", views.act),
    path("open/<str:process>/<str:name>", views.open_case),
]
