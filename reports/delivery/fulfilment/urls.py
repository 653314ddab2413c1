"""The board of a letter, the letters of a period, the reminder; ``reports.urls`` takes these addresses in."""

from django.urls import path

from rcro_portal.lib.registers import paths
from reports.delivery.fulfilment.views import board, matrix, remind

urlpatterns = [
    *paths("fulfilment/letter/", board.letter_board, "letter-board"),
    *paths("fulfilment/letters/", matrix.letter_matrix, "letter-matrix"),
    path("letters/<int:pk>/remind/", remind.letter_remind, name="letter-remind"),
]
