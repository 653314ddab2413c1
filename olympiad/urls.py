from django.urls import path

from olympiad import views

app_name = "olympiad"
urlpatterns = [path("sessions/", views.session_list, name="session-list")]
